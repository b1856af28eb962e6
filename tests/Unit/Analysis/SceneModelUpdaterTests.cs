using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Analysis;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

public sealed class SceneModelUpdaterTests : IDisposable
{
    private const string Folder = "7/9/scene/";

    private static readonly SceneInfo s_scene = new(Folder, 3, $"{Folder}3.scene", true, 1);
    private static readonly TaughtClip s_clip = new(9, "c1", "clip.mp4", DateTimeOffset.UnixEpoch);

    private readonly FakeStorage _storage = new();
    private readonly FakeServer _server;
    private readonly AnalysisSlots _slots = new(Options.Create(new WorkerOptions { Concurrency = 1 }));
    private readonly SceneCache _scenes;
    private readonly SceneModelUpdater _updater;
    private WaitingSceneUpdates? _waiting = new(
        Folder, 3, $"{Folder}3.scene", [new WaitingSceneUpdate("a", "a.lesson"), new WaitingSceneUpdate("b", "b.lesson")]);

    private HttpStatusCode _published = HttpStatusCode.NoContent;

    public SceneModelUpdaterTests()
    {
        _server = new FakeServer(Answer);
        var api = new WorkerApi(_server.ToBackend());
        var store = new SceneStore(_storage);
        _scenes = new SceneCache(api, store, new FakeTimeProvider());
        _updater = new SceneModelUpdater(api, store, null!, _scenes, _slots);
        _storage.Objects[$"{Folder}3.scene"] = State().ToBytes();
        foreach (var name in (string[])["a", "b"])
            _storage.Objects[$"{name}.lesson"] = State().ToBytes();
    }

    public void Dispose()
    {
        _slots.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task What_waits_becomes_the_next_version_and_is_told_by_name()
    {
        await FollowAsync(new SceneUpdateAnswer(null, MergeDue: true, HasMoved: false, 3));
        var note = JsonSerializer.Deserialize(_server.Bodies[^1], MessageJsonContext.Default.SceneVersionNote)!;
        Assert.Equal((3, 3000), (note.Base, note.FootageMs));
        Assert.Equal(["a", "b"], note.Lessons);
        Assert.StartsWith($"{Folder}00000004_", _storage.Objects.Keys.Single(k => k.EndsWith(".scene", StringComparison.Ordinal)
            && !k.EndsWith("/3.scene", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lesson_that_another_worker_merged_is_left_out()
    {
        _storage.Objects.Remove("a.lesson");
        await _updater.MergeAsync(9, CancellationToken.None);
        Assert.Equal(["b"], JsonSerializer.Deserialize(_server.Bodies[^1], MessageJsonContext.Default.SceneVersionNote)!.Lessons);
    }

    [Fact]
    public async Task Without_a_lesson_a_version_or_a_camera_there_is_nothing_to_merge()
    {
        foreach (var waiting in (WaitingSceneUpdates?[])[null, _waiting! with { Items = [] }, _waiting with { StorageKey = null }])
        {
            _waiting = waiting;
            await _updater.MergeAsync(9, CancellationToken.None);
        }

        _waiting = new WaitingSceneUpdates(Folder, 3, $"{Folder}3.scene", [new WaitingSceneUpdate("c", "c.lesson")]);
        await _updater.MergeAsync(9, CancellationToken.None);
        Assert.DoesNotContain(_server.Asked, a => a.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    public async Task After_each_try_the_newest_version_is_asked_for_again(HttpStatusCode answer, bool fails)
    {
        _published = answer;
        _scenes.Learn(9, s_scene);
        var failure = await Record.ExceptionAsync(() => _updater.MergeAsync(9, CancellationToken.None));
        Assert.Equal(fails, failure is HttpRequestException);
        var asked = _server.Asked.Count;
        await _scenes.FindAsync(9, CancellationToken.None);
        Assert.Equal(asked + 1, _server.Asked.Count);
    }

    [Fact]
    public async Task An_answer_that_asks_for_nothing_costs_nothing()
    {
        await FollowAsync(new SceneUpdateAnswer(null, MergeDue: false, HasMoved: false, 3));
        Assert.Empty(_server.Asked);
    }

    [Fact]
    public async Task A_lesson_that_the_backend_does_not_find_is_a_failure() =>
        await Assert.ThrowsAsync<IOException>(() => FollowAsync(new SceneUpdateAnswer("a.lesson", MergeDue: true, HasMoved: false, 3)));

    private static SceneState State()
    {
        var grid = new SceneGrid(24, 24);
        return new SceneState(
            3, new SceneStatistics(grid) { Milliseconds = 1000 }, new byte[grid.Pixels], 1, DateTimeOffset.UnixEpoch);
    }

    private Task FollowAsync(SceneUpdateAnswer answer) => _updater.FollowAsync(s_clip, s_scene, answer, CancellationToken.None);

    private HttpResponseMessage Answer(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
    {
        "/internal/cameras/9/scene/lessons" => _waiting is null
            ? FakeServer.Empty(HttpStatusCode.NotFound)
            : FakeServer.Json(JsonSerializer.Serialize(_waiting, MessageJsonContext.Default.WaitingSceneUpdates)),
        "/internal/cameras/9/scene/versions" => FakeServer.Empty(_published),
        _ => FakeServer.Json(JsonSerializer.Serialize(s_scene, MessageJsonContext.Default.SceneInfo)),
    };
}
