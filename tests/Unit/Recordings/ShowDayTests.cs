using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Recordings;
using static Siaga.Recordings.ShowDay;
using ClipState = Siaga.Ports.ClipState;
using Wire = Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Recordings;

public sealed class ShowDayTests
{
    private static readonly DateTimeOffset s_midnight = new(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(60);
    private static readonly Dictionary<string, ClipLook> s_unknown = new(StringComparer.Ordinal);

    [Fact]
    public void A_clip_lasts_as_long_as_it_was_found_to()
    {
        var looks = new Dictionary<string, ClipLook>(StringComparer.Ordinal) { ["a"] = new(ClipState.Anomaly, 12) };
        var clip = Assert.Single(Handler.ClipsOf([RowAt("a", 0)], looks, s_usual));
        Assert.Equal((12, Wire.ClipState.Anomaly), (Length(clip), clip.State));
    }

    [Fact]
    public void One_that_was_not_looked_at_lasts_to_the_next_or_as_long_as_usual()
    {
        var clips = Handler.ClipsOf([RowAt("a", 0), RowAt("b", 20), RowAt("c", 100)], s_unknown, s_usual).ToList();
        Assert.Equal([20, 60, 60], clips.Select(Length));
        Assert.All(clips, c => Assert.Equal(Wire.ClipState.Waiting, c.State));
    }

    [Fact]
    public void One_that_failed_has_no_length_of_its_own() => Assert.Equal(60, Length(Assert.Single(Handler.ClipsOf(
        [RowAt("a", 0)], new Dictionary<string, ClipLook>(StringComparer.Ordinal) { ["a"] = new(ClipState.Failed, 0) }, s_usual))));

    [Theory]
    [InlineData(false, 30, 30)]
    [InlineData(true, 30, 0)]
    [InlineData(false, -30, 0)]
    public void No_gap_begins_before_the_camera_was_there_or_delivered(bool hasBefore, int createdMinute, int fromMinute)
    {
        var camera = new CameraRef(9, 7, "Gate", "gate") { CreatedAt = s_midnight.AddMinutes(createdMinute) };
        var gap = Assert.Single(Handler.GapsOf(camera, [], hasBefore, new Span(s_midnight, s_midnight.AddHours(1)), s_usual));
        Assert.Equal(s_midnight.AddMinutes(fromMinute), gap.From);
    }

    [Fact]
    public void A_clip_from_before_the_camera_was_made_here_begins_the_day()
    {
        var camera = new CameraRef(9, 7, "Gate", "gate") { CreatedAt = s_midnight.AddMinutes(30) };
        List<ShowDayClipItem> clips = [new("a", s_midnight.AddMinutes(10), s_midnight.AddMinutes(11), Wire.ClipState.Normal)];
        var gap = Assert.Single(Handler.GapsOf(camera, clips, hasBefore: false, new Span(s_midnight, s_midnight.AddHours(1)), s_usual));
        Assert.Equal(s_midnight.AddMinutes(11), gap.From);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void A_gap_is_longer_than_two_usual_intervals(int minutes, int gaps)
    {
        var camera = new CameraRef(9, 7, "Gate", "gate");
        var span = new Span(s_midnight, s_midnight.AddMinutes(minutes));
        Assert.Equal(gaps, Handler.GapsOf(camera, [], hasBefore: true, span, s_usual).Count);
    }

    [Fact]
    public void An_anomaly_ends_where_it_was_found_to_end_or_with_its_clip_or_at_once()
    {
        var ends = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["a"] = s_midnight.AddSeconds(60) };
        Assert.Equal(s_midnight.AddSeconds(5), Handler.EndOf(Anomaly("a", s_midnight.AddSeconds(5)), ends));
        Assert.Equal(s_midnight.AddSeconds(60), Handler.EndOf(Anomaly("a", null), ends));
        Assert.Equal(s_midnight, Handler.EndOf(Anomaly("b", null), ends));
        Assert.Equal(s_midnight, Handler.EndOf(Anomaly(null, null), ends));
    }

    private static ClipAnomaly Anomaly(string? clip, DateTimeOffset? to) => new(1, clip, s_midnight, to, "fire", 0.9, "new");

    private static Row RowAt(string clip, int second) => new(clip, s_midnight.AddSeconds(second));

    private static double Length(ShowDayClipItem clip) => (clip.To - clip.From).TotalSeconds;
}
