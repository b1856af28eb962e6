using Siaga.Ports;
using Siaga.SceneModels;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.SceneModels;

public sealed class SceneKeysTests
{
    private static readonly string s_hash = new('a', 64);

    [Fact]
    public void Keys_that_were_made_are_known_as_their_cameras()
    {
        Assert.Equal("7/9/scene/00000012_aaaaaaaaaaaaaaaa.scene", SceneKeys.Version(7, 9, 12, s_hash));
        Assert.Equal(9, SceneKeys.CameraOf(SceneKeys.Version(7, 9, 12, s_hash)));
        Assert.Equal(9, SceneKeys.CameraOf(SceneKeys.Lesson(7, 9, "01936e1c-7a4e", 3)));
    }

    [Theory]
    [InlineData("7/9/scene/a.mp4")]
    [InlineData("7/9/picture/a.scene")]
    [InlineData("7/9/scene/a/b.scene")]
    [InlineData("7/9/scene/a.scene\n")]
    [InlineData("7/99999999999999999999/scene/a.scene")]
    public void Any_other_key_is_none(string key) => Assert.Null(SceneKeys.CameraOf(key));

    [Theory]
    [InlineData("01936e1c-7a4e-normal", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    [InlineData(null, false)]
    public void A_name_has_letters_digits_and_hyphens(string? name, bool isName) => Assert.Equal(isName, SceneKeys.IsName(name));

    [Fact]
    public void A_hash_is_hexadecimal_and_has_64_digits()
    {
        Assert.True(SceneKeys.IsHash(s_hash));
        Assert.False(SceneKeys.IsHash(s_hash[1..]));
        Assert.False(SceneKeys.IsHash(s_hash[1..] + "g"));
        Assert.False(SceneKeys.IsHash(null));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_name_has_at_most_100_of_them(int length, bool isName) => Assert.Equal(isName, SceneKeys.IsName(new string('a', length)));

    [Fact]
    public async Task Every_scene_object_of_a_camera_that_there_is_is_known()
    {
        var objects = new SceneObjects(null!, new FakeCameras(new CameraRef(9, 7, "Gate", "gate")));
        string[] keys = ["7/9/scene/a.scene", "7/9/scene/b_v1.lesson", "8/9/scene/a.scene", "7/10/scene/a.scene", "7/9/a.mp4"];
        var known = await objects.KnownAsync(keys, TestContext.Current.CancellationToken);
        Assert.Equal(["7/9/scene/a.scene", "7/9/scene/b_v1.lesson"], known.Order(StringComparer.Ordinal));
    }
}
