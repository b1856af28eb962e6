using Siaga.App.Dashboard.Api;

namespace Siaga.App.Dashboard.Watch;

/// <summary>How grave it looks: where a card stands in the queue, and its colour.</summary>
public enum Gravity
{
    Slight,
    Notable,
    Grave,
}

/// <summary>What a guard decides on: one anomaly, or many of one kind that one camera saw within a short time.</summary>
public sealed class Card(Anomaly first)
{
    /// <summary>A later one of the same camera and kind belongs to the card while it comes within this of the card's span.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(2);

    private readonly List<Anomaly> _anomalies = [first];

    /// <summary>Newest first; never empty while the card is in a queue.</summary>
    public IReadOnlyList<Anomaly> Anomalies => _anomalies;

    /// <summary>The one that is shown: the surest of the gravest.</summary>
    public Anomaly Face { get; private set; } = first;

    public Gravity Gravity { get; private set; } = GravityOf(first);

    /// <summary>The camera can learn it: a clip is known.</summary>
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

    /// <summary>False: it was the last, and the card has no more to say.</summary>
    public bool Remove(long id)
    {
        if (_anomalies.Count == 1)
            return _anomalies[0].Id != id;
        _anomalies.RemoveAll(a => a.Id == id);
        Weigh();
        return true;
    }

    /// <summary>The same anomaly, told anew: with a picture, or links that work again.</summary>
    public void Renew(Anomaly a)
    {
        var at = _anomalies.FindIndex(known => known.Id == a.Id);
        if (at < 0)
            return;
        _anomalies[at] = a;
        Weigh();
    }

    /// <summary>A scene's score counts tenfold rarity above its threshold; a model's is its own confidence.</summary>
    public static Gravity GravityOf(Anomaly a)
    {
        if (a is { Detector: "scene", Scene: { } scene })
        {
            return (scene.Score - scene.Threshold) switch
            {
                >= 2 => Gravity.Grave,
                >= 0.75 => Gravity.Notable,
                _ => Gravity.Slight,
            };
        }

        return a.Confidence switch
        {
            >= 0.9 => Gravity.Grave,
            >= 0.75 => Gravity.Notable,
            _ => Gravity.Slight,
        };
    }

    private void Weigh()
    {
        Face = _anomalies.MaxBy(a => ((int)GravityOf(a), a.Confidence, a.Id))!;
        Gravity = GravityOf(Face);
    }
}
