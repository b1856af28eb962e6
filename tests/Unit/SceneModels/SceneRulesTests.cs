using CsCheck;
using Microsoft.Extensions.Options;
using Siaga.Messages;
using Siaga.SceneModels;
using Update = Siaga.SceneModels.SubmitSceneUpdate.StoredUpdate;

namespace Siaga.Tests.Unit.SceneModels;

/// <summary>When a camera is ready, when updates are merged, when its view is another, and which version can be.</summary>
public sealed class SceneRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static readonly SceneVersionNote s_next = new()
    {
        Base = 3, Size = 100, Sha256 = new string('a', 64), FootageMs = 1, ActiveFrames = 1, Lessons = ["clip-1"],
    };

    private static readonly SceneVersionNote s_first = s_next with
    {
        Base = 0, Lessons = [], StartsAnew = true, Clip = "clip-1", CapturedAt = s_now,
    };

    [Theory]
    [InlineData(1_800_000, 1000, true)]
    [InlineData(1_799_999, 1000, false)]
    [InlineData(1_800_000, 999, false)]
    public void A_camera_is_ready_with_enough_footage_and_enough_motion(long footageMs, long active, bool isReady) =>
        Assert.Equal(isReady, Repository().IsReady(Version(footageMs, active)));

    [Fact]
    public void A_camera_without_a_version_is_not_ready() => Assert.False(Repository().IsReady(null));

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Updates_are_merged_when_there_are_enough(int count, bool isDue) => Assert.Equal(
        isDue, IsDue([.. Enumerable.Range(0, count).Select(i => Stored($"c{i}", 0))]));

    [Theory]
    [InlineData(60, false)]
    [InlineData(60.001, true)]
    public void One_that_has_waited_for_an_hour_waits_no_longer(double minutes, bool isDue) =>
        Assert.Equal(isDue, IsDue([Stored("a", 0), Stored("b", minutes)]));

    [Fact]
    public void What_a_person_waits_for_is_merged_at_once() =>
        Assert.True(SubmitSceneUpdate.Handler.IsMergeDue([Stored("a", 0)], isUrgent: true, enough: 4, s_now));

    [Fact]
    public void Updates_of_another_view_are_not_counted()
    {
        Assert.False(IsDue([Stored("a", 0), Stored("b", 0), Stored("c", 0), Moved("d"), Moved("e")]));
        Assert.False(IsDue([Stored("a", 0), Moved("b", minutes: 90)]));
    }

    [Fact]
    public void Two_in_a_row_show_another_view_and_one_may_be_a_hand_before_the_lens()
    {
        Assert.True(IsAnotherView([Stored("a", 0), Moved("b"), Moved("c")], "c"));
        Assert.False(IsAnotherView([Stored("a", 0), Moved("b")], "b"));
        Assert.False(IsAnotherView([Moved("a"), Stored("b", 0), Moved("c")], "c"));
        Assert.False(IsAnotherView([Moved("a"), Moved("b")], "a"));
        Assert.False(IsAnotherView([Moved("a"), Moved("b"), Stored("c", 0)], "c"));
        Assert.False(IsAnotherView([], "a"));
    }

    [Fact]
    public void A_first_version_and_one_that_merges_updates_can_be()
    {
        Assert.True(PublishSceneVersion.Handler.IsPossible(s_first));
        Assert.True(PublishSceneVersion.Handler.IsPossible(s_next));
        Assert.True(PublishSceneVersion.Handler.IsPossible(s_first with { Base = 3 }));
    }

    [Fact]
    public void A_version_that_contradicts_itself_cannot_be() => Assert.All(
        (SceneVersionNote[])
        [
            s_next with { Sha256 = "a" }, s_next with { Base = -1 }, s_next with { Base = 0 }, s_next with { Size = 0 },
            s_next with { FootageMs = -1 }, s_next with { ActiveFrames = -1 }, s_next with { Lessons = [] },
            s_next with { Lessons = ["a/b"] }, s_first with { Clip = null }, s_first with { Clip = "a/b" },
            s_first with { CapturedAt = null }, s_first with { Lessons = ["clip-1"] },
        ],
        note => Assert.False(PublishSceneVersion.Handler.IsPossible(note)));

    [Fact]
    public void At_most_so_many_updates_are_merged_at_once() => Gen.Int[1, 300].Sample(count =>
        PublishSceneVersion.Handler.IsPossible(s_next with { Lessons = [.. Enumerable.Range(0, count).Select(i => $"c{i}")] })
            == count <= SceneLookup.MostLessons);

    private static bool IsDue(Update[] waiting) => SubmitSceneUpdate.Handler.IsMergeDue(waiting, isUrgent: false, enough: 4, s_now);

    private static bool IsAnotherView(Update[] waiting, string name) => SubmitSceneUpdate.Handler.IsAnotherView(waiting, name);

    private static Update Stored(string name, double minutes) => new(name, HasMoved: false, s_now - TimeSpan.FromMinutes(minutes));

    private static Update Moved(string name, double minutes = 0) => Stored(name, minutes) with { HasMoved = true };

    private static SceneRepository Repository() => new(null!, Options.Create(new SceneOptions()));

    private static SceneVersion Version(long footageMs, long active) => new()
    {
        CompanyId = 7, CameraId = 9, Number = 1, Size = 1, Sha256 = "", FootageMs = footageMs, ActiveFrames = active, ViewStart = 1,
        MadeAt = default,
    };
}
