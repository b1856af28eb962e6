using System.Net;
using Siaga.Analysis;
using Siaga.Analysis.Scenes;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

/// <summary>When there is nothing that could learn a clip that a person called normal. The clip is then not even fetched.</summary>
public sealed class LearnNormalClipTests
{
    private static readonly ClipIsNormal s_message = new()
    {
        ClipId = "c1", CameraId = 9, CompanyId = 7, VideoPath = "7/9/a.mp4", CapturedAt = default,
    };

    [Fact]
    public async Task A_camera_that_is_gone_has_nothing_to_learn() =>
        Assert.Equal(HandlingResult.Done, await HandleAsync(() => FakeServer.Empty(HttpStatusCode.NotFound)));

    [Theory]
    [InlineData("""{"folder":"7/9/scene/","version":0,"is_ready":false,"false_alarms_a_day":1}""")]
    [InlineData("""{"folder":"7/9/scene/","version":3,"storage_key":"7/9/scene/gone.scene","is_ready":true,"false_alarms_a_day":1}""")]
    public async Task A_camera_without_a_scene_or_whose_scene_is_gone_has_nothing_to_learn(string scene) =>
        Assert.Equal(HandlingResult.Done, await HandleAsync(() => FakeServer.Json(scene)));

    private static async Task<HandlingResult> HandleAsync(Func<HttpResponseMessage> answer)
    {
        using var backend = new FakeServer(_ => answer());
        var handler = new LearnNormalClip(
            null!, new WorkerApi(backend.ToBackend()), new SceneStore(new FakeStorage()), null!, null!, null!);
        var result = await handler.HandleAsync(s_message, CancellationToken.None);
        Assert.Equal(["GET /internal/cameras/9/scene"], backend.Asked);
        return result;
    }
}
