using System.Text.Json;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Recordings;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Recordings;

/// <summary>Which reports of a camera's picture are refused. None of these reaches the database.</summary>
public sealed class LastPictureTests
{
    private static readonly StoredCameraPicture s_picture =
        new("c1", new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero), "7/9/picture/c1.jpg", 3, new string('a', 64));

    private readonly FakeStorage _storage = new();
    private readonly LastPicture.Storing _storing;

    public LastPictureTests()
    {
        _storage.Objects["7/9/picture/c1.jpg"] = [1, 2, 3];
        _storage.Objects["7/8/picture/c1.jpg"] = [1, 2, 3];
        _storing = new LastPicture.Storing(null!, new FakeCameras(new CameraRef(9, 7, "Gate", "cam9")), _storage);
    }

    [Fact]
    public async Task A_camera_must_be_there() => Assert.Equal("camera_not_found", await CodeOfAsync(s_picture, camera: 8));

    [Fact]
    public async Task A_picture_is_stored_in_its_camera_s_folder_as_it_was_reported()
    {
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { StorageKey = "7/8/picture/c1.jpg" }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { ClipId = "c2" }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { ClipId = "c2", StorageKey = "7/9/picture/c2.jpg" }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { Size = 2 }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { Sha256 = null! }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { StorageKey = null! }));
        Assert.Equal("picture_not_stored", await CodeOfAsync(s_picture with { Sha256 = new string('A', 64) }));
    }

    [Fact]
    public async Task A_key_that_no_storage_takes_is_not_looked_for()
    {
        _storage.Failure = new IOException();
        var picture = s_picture with { ClipId = "..", StorageKey = "7/9/picture/...jpg" };
        await Assert.ThrowsAsync<IOException>(() => CodeOfAsync(picture));
        var escaping = s_picture with { ClipId = "../c1", StorageKey = "7/9/picture/../c1.jpg" };
        Assert.Equal("picture_not_stored", await CodeOfAsync(escaping));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_part_that_is_no_picture_cannot_be_read(string product) => await Assert.ThrowsAsync<JsonException>(
        () => _storing.TakeAsync(9, JsonElement.Parse(product), CancellationToken.None));

    private async Task<string?> CodeOfAsync(StoredCameraPicture picture, long camera = 9) =>
        (await _storing.RunAsync(camera, picture, CancellationToken.None)).Error?.Code;
}
