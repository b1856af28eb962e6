using CsCheck;
using Siaga.Intake;

namespace Siaga.Tests.Unit.Intake;

public sealed class ClipTests
{
    private static readonly DateTimeOffset s_eight = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_content_of_the_same_camera_and_time_is_the_same_clip_and_no_other_is() =>
        Gen.Select(Gen.Long[1, 3], Gen.Int[0, 2], Gen.Char['a', 'c'], Gen.Long[1, 3], Gen.Int[0, 2], Gen.Char['a', 'c'])
            .Sample((camera, second, content, otherCamera, otherSecond, otherContent) =>
                KeyOf(camera, second, content) == KeyOf(otherCamera, otherSecond, otherContent)
                    == ((camera, second, content) == (otherCamera, otherSecond, otherContent)));

    [Fact]
    public void A_time_is_the_same_in_every_zone_and_none_is_not_the_epoch()
    {
        Assert.Equal(Clip.ContentKeyOf(9, s_eight, "a"), Clip.ContentKeyOf(9, s_eight.ToOffset(TimeSpan.FromHours(7)), "a"));
        Assert.NotEqual(Clip.ContentKeyOf(9, null, "a"), Clip.ContentKeyOf(9, DateTimeOffset.UnixEpoch, "a"));
    }

    private static string KeyOf(long camera, int second, char content) =>
        Clip.ContentKeyOf(camera, second == 0 ? null : s_eight.AddSeconds(second), new string(content, 64));
}
