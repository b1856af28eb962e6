using Siaga.Ports;
using Siaga.Recordings;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Recordings;

public sealed class LastPictureKeysTests
{
    [Fact]
    public void A_picture_that_was_named_is_known_as_its_cameras() =>
        Assert.Equal(9, LastPictureKeys.CameraOf(LastPictureKeys.Of(7, 9, "01936e1c-7a4e")));

    [Theory]
    [InlineData("7/9/picture/a.png")]
    [InlineData("7/9/picture/a/b.jpg")]
    [InlineData("7/9/scene/a.jpg")]
    [InlineData("x/9/picture/a.jpg")]
    [InlineData("7/99999999999999999999/picture/a.jpg")]
    [InlineData("7/9/picture/a.jpg\n")]
    public void Any_other_key_is_none(string key) => Assert.Null(LastPictureKeys.CameraOf(key));

    [Theory]
    [InlineData(64, 'f', true)]
    [InlineData(63, 'f', false)]
    [InlineData(64, 'F', false)]
    public void A_hash_is_lower_case_hexadecimal(int length, char digit, bool isHash) =>
        Assert.Equal(isHash, LastPictureKeys.IsHash(new string(digit, length)));

    [Fact]
    public async Task Pictures_in_the_folder_of_a_camera_that_there_is_are_known()
    {
        var objects = new LastPictureObjects(new FakeCameras(new CameraRef(9, 7, "Gate", "gate")));
        string[] keys = ["7/9/picture/a.jpg", "8/9/picture/a.jpg", "7/10/picture/a.jpg", "7/9/a.mp4"];
        Assert.Equal(["7/9/picture/a.jpg"], await objects.KnownAsync(keys, TestContext.Current.CancellationToken));
    }
}
