using CsCheck;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Watch;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class CardTests
{
    [Theory]
    [InlineData(0.9, AnomalySeverity.Critical)]
    [InlineData(0.899, AnomalySeverity.Medium)]
    [InlineData(0.75, AnomalySeverity.Medium)]
    [InlineData(0.749, AnomalySeverity.Low)]
    public void A_model_s_anomaly_is_as_grave_as_it_is_sure(double confidence, AnomalySeverity severity) =>
        Assert.Equal(severity, Card.SeverityOf(FakeDesk.Anomaly(1, confidence: confidence)));

    [Theory]
    [InlineData(7, AnomalySeverity.Critical)]
    [InlineData(6.99, AnomalySeverity.Medium)]
    [InlineData(5.75, AnomalySeverity.Medium)]
    [InlineData(5.74, AnomalySeverity.Low)]
    public void The_scene_detector_s_is_as_grave_as_it_is_rare(double score, AnomalySeverity severity) => Assert.Equal(
        severity, Card.SeverityOf(FakeDesk.Anomaly(1, confidence: 1) with { Detector = "scene", Scene = Scene(score) }));

    [Theory]
    [InlineData(-121, false)]
    [InlineData(-120, true)]
    [InlineData(60, true)]
    [InlineData(220, true)]
    [InlineData(221, false)]
    public void An_anomaly_joins_within_two_minutes_of_any(int seconds, bool joins)
    {
        var card = new Card(FakeDesk.Anomaly(1));
        card.Add(FakeDesk.Anomaly(2, 100));
        Assert.Equal(joins, card.IsNear(FakeDesk.Anomaly(3, seconds)));
    }

    [Fact]
    public void Its_anomalies_are_sorted_and_its_face_is_the_gravest_whatever_comes_first() =>
        Gen.Select(Gen.Int[0, 100], Gen.Double[0, 1]).Array[1, 10].Sample(moments =>
        {
            var anomalies = moments.Select((m, i) => FakeDesk.Anomaly(i, m.Item1, confidence: m.Item2)).ToList();
            var card = new Card(anomalies[0]);
            anomalies.Skip(1).ToList().ForEach(card.Add);
            return card.Anomalies.Zip(card.Anomalies.Skip(1)).All(p => p.First.HappenedAt >= p.Second.HappenedAt)
                && card.Newest == anomalies.Max(a => a.HappenedAt) && card.Oldest == anomalies.Min(a => a.HappenedAt)
                && card.Face.Confidence == anomalies.Max(a => a.Confidence) && card.Severity == Card.SeverityOf(card.Face);
        });

    [Fact]
    public void The_graver_one_is_the_face_although_another_is_surer()
    {
        var card = new Card(FakeDesk.Anomaly(1, confidence: 1) with { Detector = "scene", Scene = Scene(5) });
        card.Add(FakeDesk.Anomaly(2, confidence: 0.8));
        Assert.Equal((2, AnomalySeverity.Medium), (card.Face.Id, card.Severity));
    }

    [Fact]
    public void What_is_renewed_or_removed_changes_the_card()
    {
        var card = new Card(FakeDesk.Anomaly(1, confidence: 0.95));
        card.Add(FakeDesk.Anomaly(2, 10));
        card.Renew(FakeDesk.Anomaly(2, 10, confidence: 0.97));
        card.Renew(FakeDesk.Anomaly(3));
        Assert.Equal((2, 2), (card.Face.Id, card.Anomalies.Count));
        Assert.True(card.Remove(2));
        Assert.Equal((1, 1), (card.Face.Id, card.Anomalies.Count));
        Assert.True(card.Remove(7));
        Assert.False(card.Remove(1));
    }

    [Fact]
    public void A_camera_learns_only_from_a_clip_that_is_known()
    {
        var card = new Card(FakeDesk.Anomaly(1) with { ClipId = null });
        Assert.False(card.CanTeach);
        card.Add(FakeDesk.Anomaly(2));
        Assert.True(card.CanTeach);
    }

    [Fact]
    public void Each_severity_has_a_colour_of_its_own() => Assert.Equal(
        3, Enum.GetValues<AnomalySeverity>().Select(s => s.ToCssClass()).Distinct(StringComparer.Ordinal).Count());

    private static SceneFinding Scene(double score) => new() { Version = 1, Score = score, Threshold = 5, AtS = 0 };
}
