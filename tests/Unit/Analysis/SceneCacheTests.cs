using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Siaga.Analysis;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

public sealed class SceneCacheTests : IDisposable
{
    private static readonly SceneInfo s_three = new("7/9/scene/", 3, "7/9/scene/3.scene", true, 1);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStorage _storage = new();
    private readonly FakeServer _server;
    private readonly SceneCache _scenes;
    private SceneInfo? _answer = s_three;

    public SceneCacheTests()
    {
        _server = new FakeServer(_ => _answer is null
            ? FakeServer.Empty(HttpStatusCode.NotFound)
            : FakeServer.Json(JsonSerializer.Serialize(_answer, MessageJsonContext.Default.SceneInfo)));
        _scenes = new SceneCache(new WorkerApi(_server.ToBackend()), new SceneStore(_storage), _time);
        var grid = new SceneGrid(24, 24);
        _storage.Objects[s_three.StorageKey!] =
            new SceneState(3, new SceneStatistics(grid), new byte[grid.Pixels], 1, DateTimeOffset.UnixEpoch).ToBytes();
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(59.9, 1)]
    [InlineData(60, 2)]
    public async Task An_answer_counts_for_a_minute(double seconds, int calls)
    {
        await VersionAsync();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(3, await VersionAsync());
        Assert.Equal(calls, _server.Asked.Count);
    }

    [Fact]
    public async Task What_came_with_a_report_s_answer_needs_no_call()
    {
        _scenes.Learn(9, s_three);
        Assert.Equal(3, await VersionAsync());
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_camera_without_a_version_and_one_that_changed_are_asked_about_again()
    {
        _scenes.Learn(9, s_three);
        _scenes.Learn(9, s_three with { StorageKey = null });
        await VersionAsync();
        _scenes.Learn(9, null);
        await VersionAsync();
        _scenes.Forget(9);
        await VersionAsync();
        Assert.Equal(3, _server.Asked.Count);
    }

    [Fact]
    public async Task A_version_that_is_gone_meanwhile_is_asked_about_again()
    {
        _scenes.Learn(9, s_three with { StorageKey = "7/9/scene/2.scene" });
        Assert.Equal(3, await VersionAsync());
        Assert.Single(_server.Asked);
    }

    [Fact]
    public async Task A_camera_that_is_gone_is_none_and_one_without_a_version_has_no_state()
    {
        _answer = null;
        Assert.Null(await _scenes.FindAsync(9, CancellationToken.None));
        _answer = s_three with { Version = 0, StorageKey = null };
        var known = await _scenes.FindAsync(9, CancellationToken.None);
        Assert.NotNull(known);
        Assert.Null(known.State);
    }

    private async Task<int?> VersionAsync() => (await _scenes.FindAsync(9, CancellationToken.None))?.State?.Version;
}
