using System.Text.Json;
using Microsoft.Extensions.Options;
using Siaga.Cameras;
using Siaga.Messages.Api;
using Siaga.Ports;
using CameraScene = Siaga.Ports.CameraScene;
using CameraSceneState = Siaga.Ports.CameraSceneState;
using CameraState = Siaga.Ports.CameraState;
using HealthState = Siaga.Ports.HealthState;
using Wire = Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Cameras;

/// <summary>What is told of a camera: its addresses, whether it delivers, how long it still learns.</summary>
public sealed class CameraItemsTests
{
    [Theory]
    [InlineData("https://media.example:8888", "https://media.example:8888/gate/index.m3u8")]
    [InlineData("https://media.example:8888/", "https://media.example:8888/gate/index.m3u8")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void An_address_ends_in_the_stream_key_and_is_empty_without_a_media_server(string? hls, string url) =>
        Assert.Equal(url, new CamerasOptions { HlsBase = hls }.UrlsOf("gate").Hls);

    [Theory]
    [InlineData("https://media.example:8888/live", "https://media.example:8888")]
    [InlineData("media", null)]
    [InlineData(null, null)]
    public void The_page_may_load_from_the_media_servers_origin(string? hls, string? origin) =>
        Assert.Equal(origin, new MediaServerOrigins(Options.Create(new CamerasOptions { HlsBase = hls })).Origins.SingleOrDefault());

    [Fact]
    public async Task Without_a_media_server_its_health_says_so() => Assert.Equal(
        new HealthState(false, "not configured"),
        await new MediaServerProbe(Options.Create(new CamerasOptions())).CheckAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_camera_of_which_nothing_is_known_is_new()
    {
        var item = await ItemAsync();
        Assert.Equal(Wire.CameraState.New, item.State);
        Assert.Null(item.PictureUrl);
        Assert.Null(item.LearningMinutesLeft);
    }

    [Theory]
    [InlineData(true, "/api/cameras/0/picture")]
    [InlineData(false, null)]
    public async Task A_picture_is_linked_where_there_is_one(bool has, string? url) => Assert.Equal(
        url, (await ItemAsync(footage: new CameraFootage(CameraState.Late, null, has))).PictureUrl);

    [Theory]
    [InlineData(0, 600, 0, null)]
    [InlineData(1, 1740, 1000, 1)]
    [InlineData(1, 1739, 1000, 2)]
    [InlineData(1, 600, 1000, 20)]
    [InlineData(1, 900, 300, 35)]
    [InlineData(1, 1800, 500, 30)]
    [InlineData(1, 2000, 1000, 1)]
    [InlineData(1, 600, 0, 20)]
    public async Task The_minutes_left_follow_from_footage_and_from_how_much_of_it_moves(
        int version, double footageS, long active, int? minutes) =>
        Assert.Equal(minutes, (await ItemAsync(Scene(CameraSceneState.Learning, version, footageS, active))).LearningMinutesLeft);

    [Fact]
    public async Task A_camera_that_is_ready_has_none_left() =>
        Assert.Null((await ItemAsync(Scene(CameraSceneState.Ready, 9, 3000, 5000))).LearningMinutesLeft);

    [Fact]
    public async Task Each_camera_gets_its_own_scene_and_footage()
    {
        var item = await ItemAsync(Scene(CameraSceneState.Ready, 4, 0, 0), new CameraFootage(CameraState.Delivering, null, false));
        Assert.Equal((Wire.CameraState.Delivering, 4), (item.State, item.Scene!.Version));
    }

    private static Task<ListCamerasItem> ItemAsync(CameraScene? scene = null, CameraFootage? footage = null)
    {
        var items = new CameraItems(
            Options.Create(new CamerasOptions()), scene is null ? [] : [new Scenes(scene)], footage is null ? [] : [new Footages(footage)]);
        return items.OfAsync(Gate(), TestContext.Current.CancellationToken);
    }

    private static CameraScene Scene(CameraSceneState state, int version, double footageS, long active) =>
        new(state, version, footageS, 1800, active, 1000, null);

    private static Camera Gate() => new() { CompanyId = 7, Name = "Gate", StreamKey = "gate", TimeZone = "UTC", CreatedAt = default };

    private sealed class Scenes(CameraScene scene) : ICameraScenes
    {
        public Task<IReadOnlyDictionary<long, CameraScene>> OfAsync(
            IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<long, CameraScene>>(
                cameraIds.ToDictionary(id => id, _ => scene));

        public Task<JsonElement> ForWorkersAsync(CameraRef camera, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class Footages(CameraFootage footage) : ICameraFootage
    {
        public Task<IReadOnlyDictionary<long, CameraFootage>> OfAsync(
            IReadOnlyCollection<long> cameraIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<long, CameraFootage>>(
                cameraIds.ToDictionary(id => id, _ => footage));
    }
}
