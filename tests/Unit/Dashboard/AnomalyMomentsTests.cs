using Siaga.App.Dashboard.Api;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class AnomalyMomentsTests
{
    private static readonly SceneFinding s_scene = new() { Version = 1, Score = 6, Threshold = 5, AtS = 7 };

    [Theory]
    [InlineData("scene", true, 2.5, 7)]
    [InlineData("scene", false, 2.5, 2.5)]
    [InlineData("model", true, 2.5, 2.5)]
    [InlineData("model", true, null, 0)]
    public void It_happened_where_the_scene_is_most_unusual_or_else_where_the_strongest_window_begins(
        string detector, bool hasScene, double? from, double moment)
    {
        var anomaly = FakeDesk.Anomaly(1, 60) with { Detector = detector, Scene = hasScene ? s_scene : null, FromS = from };
        Assert.Equal(moment, anomaly.MomentS);
        Assert.Equal(FakeDesk.Now.AddSeconds(60 + moment), anomaly.HappenedAt);
    }
}
