using Siaga.App.Dashboard.Api;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Determines a card's place in the queue and its colour.</summary>
public enum AnomalySeverity
{
    Low,
    Medium,
    Critical,
}

/// <summary>The look of severities.</summary>
public static class AnomalySeverities
{
    /// <summary>The class of <c>css/pages.css</c> that gives the colour.</summary>
    public static string ToCssClass(this AnomalySeverity severity) => severity switch
    {
        AnomalySeverity.Critical => "grave",
        AnomalySeverity.Medium => "notable",
        _ => "slight",
    };
}

/// <summary>One or more anomalies of one type that a camera saw within a short time. A guard decides on all of them at once.</summary>
public sealed class Card(Anomaly first)
{
    /// <summary>An anomaly of the same camera and type joins the card if it is at most this far from the card's anomalies.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(2);

    private readonly List<Anomaly> _anomalies = [first];

    /// <summary>Newest first; never empty while the card is in a queue.</summary>
    public IReadOnlyList<Anomaly> Anomalies => _anomalies;

    /// <summary>The anomaly that represents the card: of the highest severity, the one with the highest confidence.</summary>
    public Anomaly Face { get; private set; } = first;

    public AnomalySeverity Severity { get; private set; } = SeverityOf(first);

    /// <summary>True when the camera can learn from it, because a clip is known.</summary>
    public bool CanTeach => _anomalies.Exists(a => a.ClipId is not null);

    public long CameraId => Face.CameraId;

    public DateTimeOffset Newest => _anomalies[0].HappenedAt;

    public DateTimeOffset Oldest => _anomalies[^1].HappenedAt;

    public bool IsNear(Anomaly a) => a.HappenedAt >= Oldest - Together && a.HappenedAt <= Newest + Together;

    public void Add(Anomaly a)
    {
        var at = _anomalies.FindIndex(known => known.HappenedAt < a.HappenedAt);
        _anomalies.Insert(at < 0 ? _anomalies.Count : at, a);
        Weigh();
    }

    /// <summary>False when the anomaly was the card's last; the card is then to be removed.</summary>
    public bool Remove(long id)
    {
        if (_anomalies.Count == 1)
            return _anomalies[0].Id != id;
        _anomalies.RemoveAll(a => a.Id == id);
        Weigh();
        return true;
    }

    /// <summary>Replaces an anomaly with a newer reading, which may have a picture or fresh links.</summary>
    public void Renew(Anomaly a)
    {
        var at = _anomalies.FindIndex(known => known.Id == a.Id);
        if (at < 0)
            return;
        _anomalies[at] = a;
        Weigh();
    }

    /// <summary>
    /// By how far the scene detector's score exceeds its threshold, where each 1 more is ten times as rare; for a model, by its confidence.
    /// </summary>
    public static AnomalySeverity SeverityOf(Anomaly a)
    {
        if (a is { Detector: Detectors.Scene, Scene: { } scene })
        {
            return (scene.Score - scene.Threshold) switch
            {
                >= 2 => AnomalySeverity.Critical,
                >= 0.75 => AnomalySeverity.Medium,
                _ => AnomalySeverity.Low,
            };
        }

        return a.Confidence switch
        {
            >= 0.9 => AnomalySeverity.Critical,
            >= 0.75 => AnomalySeverity.Medium,
            _ => AnomalySeverity.Low,
        };
    }

    private void Weigh()
    {
        Face = _anomalies.MaxBy(a => ((int)SeverityOf(a), a.Confidence, a.Id))!;
        Severity = SeverityOf(Face);
    }
}
