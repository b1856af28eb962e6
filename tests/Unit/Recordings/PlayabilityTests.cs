using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Recordings;

namespace Siaga.Tests.Unit.Recordings;

public sealed class PlayabilityTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClipFormat s_h264 = new("h264", "yuv420p", "mov,mp4,m4a,3gp,3g2,mj2");
    private static readonly ClipFormat s_hevc = new("hevc", "yuv420p", "mov,mp4,m4a,3gp,3g2,mj2");

    private static readonly Recording s_clip = new()
    {
        CompanyId = 7, CameraId = 9, ClipId = "c", StorageKey = "7/9/c.mp4", Size = 1, Sha256 = "", CapturedAt = s_now, ReceivedAt = s_now,
    };

    [Fact]
    public void A_clip_that_browsers_play_plays_itself_whatever_became_of_a_copy() =>
        Assert.Equal(new Playability(Playable.Yes, "7/9/c.mp4"), Of(s_h264, Copy(CopyState.Failed)));

    [Fact]
    public void A_copy_plays_once_it_is_there() =>
        Assert.Equal(new Playability(Playable.Yes, "7/9/c_play.mp4"), Of(s_hevc, Copy(CopyState.Ready)));

    [Fact]
    public void A_clip_that_was_found_to_play_as_it_is_plays_itself() =>
        Assert.Equal(new Playability(Playable.Yes, "7/9/c.mp4"), Of(null, Copy(CopyState.AsIs)));

    [Fact]
    public void Without_a_copy_or_after_a_failure_nothing_plays()
    {
        Assert.Equal(new Playability(Playable.No, null), Of(s_hevc, null));
        Assert.Equal(new Playability(Playable.No, null), Of(null, null));
        Assert.Equal(new Playability(Playable.Failed, null), Of(s_hevc, Copy(CopyState.Failed)));
    }

    [Theory]
    [InlineData(0, nameof(Playable.Preparing))]
    [InlineData(29.999, nameof(Playable.Preparing))]
    [InlineData(30, nameof(Playable.No))]
    public void A_copy_that_is_not_told_of_for_half_an_hour_was_lost(double minutes, string state) => Assert.Equal(
        state, Of(s_hevc, Copy(CopyState.Preparing, askedAt: s_now - TimeSpan.FromMinutes(minutes))).State.ToString());

    [Theory]
    [InlineData(nameof(Playable.No), 0, true)]
    [InlineData(nameof(Playable.Failed), 29.9, false)]
    [InlineData(nameof(Playable.Failed), 30, true)]
    [InlineData(nameof(Playable.Preparing), 99, false)]
    [InlineData(nameof(Playable.Yes), 99, false)]
    public void A_copy_is_asked_for_where_there_is_none_and_again_a_moment_after_a_failure(string state, double seconds, bool isAsked) =>
        Assert.Equal(isAsked, AskForPlayable.IsToBeAsked(
            Enum.Parse<Playable>(state), Copy(CopyState.Failed, askedAt: s_now - TimeSpan.FromSeconds(seconds)), s_now));

    [Theory]
    [InlineData("7/9/c_20261124.mp4", "7/9/c_20261124_play.mp4", "c")]
    [InlineData("7/9/c_1.avi", "7/9/c_1_play.mp4", "c")]
    public void A_copy_lies_beside_its_clip_and_names_it(string clip, string copy, string id)
    {
        Assert.Equal(copy, CopyKeys.Beside(clip));
        Assert.Equal(id, CopyKeys.ClipOf(copy));
    }

    [Theory]
    [InlineData("7/9/c_1.mp4")]
    [InlineData("7/9/_play.mp4")]
    [InlineData("_play.mp4")]
    public void Any_other_key_is_no_copys(string key) => Assert.Null(CopyKeys.ClipOf(key));

    private static Playability Of(ClipFormat? form, PlayableCopy? copy) => Playability.Of(s_clip, form, copy, s_now);

    private static PlayableCopy Copy(CopyState state, DateTimeOffset? askedAt = null) => new()
    {
        ClipId = "c", CompanyId = 7, CameraId = 9, State = state, AskedAt = askedAt ?? s_now, StorageKey = "7/9/c_play.mp4",
    };
}
