using Siaga.App.Dashboard.Api;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Cards in the order in which a guard should see them. Adding and removing stay fast in long queues.</summary>
public sealed class CardQueue
{
    /// <summary>Most anomalies in the queue; older ones are only in the history.</summary>
    public const int Most = 12_000;

    private readonly Dictionary<long, Card> _byAnomaly = [];
    private readonly Dictionary<(long Camera, string Type), List<Card>> _byKind = [];
    private readonly List<Card> _cards = [];

    /// <summary>True to sort by severity, then time; false to sort by time only.</summary>
    public bool BySeverity { get; private set; } = true;

    public IReadOnlyList<Card> Cards => _cards;

    public int Anomalies => _byAnomaly.Count;

    /// <summary>True when some anomalies did not fit.</summary>
    public bool IsCut { get; private set; }

    public bool Holds(long id) => _byAnomaly.ContainsKey(id);

    public Card? CardOf(long id) => _byAnomaly.GetValueOrDefault(id);

    /// <summary>False when the anomaly was already in the queue; it is then updated.</summary>
    public bool Add(Anomaly a)
    {
        if (_byAnomaly.TryGetValue(a.Id, out var known))
        {
            known.Renew(a);
            return false;
        }

        if (_byAnomaly.Count >= Most)
        {
            IsCut = true;
            return false;
        }

        var kind = KindOf(a);
        if (_byKind.TryGetValue((a.CameraId, a.AnomalyType), out var cards) && Near(cards, a) is { } card)
        {
            _cards.Remove(card);
            card.Add(a);
        }
        else
        {
            card = new Card(a);
            kind.Insert(PlaceByTime(kind, a.HappenedAt), card);
        }

        _byAnomaly[a.Id] = card;
        Place(card);
        return true;
    }

    public bool Remove(long id)
    {
        if (!_byAnomaly.Remove(id, out var card))
            return false;
        _cards.Remove(card);
        var gone = card.Anomalies.First(a => a.Id == id);
        if (card.Remove(id))
            Place(card);
        else if (_byKind.TryGetValue((gone.CameraId, gone.AnomalyType), out var kind) && kind.Remove(card) && kind.Count == 0)
            _byKind.Remove((gone.CameraId, gone.AnomalyType));
        return true;
    }

    /// <summary>Replaces the queue's content.</summary>
    /// <returns>The number of anomalies that were not in the queue before.</returns>
    public int Become(IReadOnlyCollection<Anomaly> waiting)
    {
        var ids = waiting.Select(a => a.Id).ToHashSet();
        foreach (var gone in _byAnomaly.Keys.Where(id => !ids.Contains(id)).ToList())
            Remove(gone);
        IsCut = false;
        return waiting.Count(Add);
    }

    public void Order(bool bySeverity)
    {
        BySeverity = bySeverity;
        _cards.Sort(Compare);
    }

    private List<Card> KindOf(Anomaly a)
    {
        if (!_byKind.TryGetValue((a.CameraId, a.AnomalyType), out var kind))
            _byKind[(a.CameraId, a.AnomalyType)] = kind = [];
        return kind;
    }

    private static Card? Near(List<Card> kind, Anomaly a)
    {
        var at = PlaceByTime(kind, a.HappenedAt);
        if (at < kind.Count && kind[at].IsNear(a))
            return kind[at];
        return at > 0 && kind[at - 1].IsNear(a) ? kind[at - 1] : null;
    }

    // Cards of one type are sorted by time and do not overlap.
    private static int PlaceByTime(List<Card> kind, DateTimeOffset at)
    {
        var (low, high) = (0, kind.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (kind[middle].Oldest < at)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Place(Card card)
    {
        var at = _cards.BinarySearch(card, Comparer<Card>.Create(Compare));
        _cards.Insert(at < 0 ? ~at : at, card);
    }

    private int Compare(Card a, Card b)
    {
        var bySeverity = BySeverity ? b.Severity.CompareTo(a.Severity) : 0;
        if (bySeverity != 0)
            return bySeverity;
        var byTime = b.Newest.CompareTo(a.Newest);
        return byTime != 0 ? byTime : b.Face.Id.CompareTo(a.Face.Id);
    }
}
