using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Siaga.Scenes.Imaging;

namespace Siaga.Scenes.Learning;

/// <summary>
/// A fair sample of the scene's past states, of bounded size. Each thumbnail draws a ticket from its own bytes and time; the highest
/// tickets stay. So two samples merge into exactly what one observer of both would hold, in any order, and repeats change nothing.
/// </summary>
/// <remarks>
/// A ticket is time over the mean lifetime, plus Gumbel noise, plus the logarithm of a weight: the largest tickets are a sample with
/// probabilities in proportion to the weights, which halve with every half-life (forward decay).
/// </remarks>
internal sealed class Exemplars
{
    public const int Capacity = 1000;

    private readonly PriorityQueue<int, Ticket> _lowest = new(s_byRank);
    private readonly HashSet<ulong> _known = [];
    private readonly byte[] _pictures = new byte[Capacity * Thumbnail.Length];
    private readonly Ticket[] _tickets = new Ticket[Capacity];

    /// <param name="Rank">The ticket; higher ones stay longer.</param>
    /// <param name="Id">Breaks ties between equal ranks.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Ticket(double Rank, ulong Id);

    private static readonly Comparer<Ticket> s_byRank =
        Comparer<Ticket>.Create((a, b) => a.Rank.CompareTo(b.Rank) is var c and not 0 ? c : a.Id.CompareTo(b.Id));

    public int Count => _lowest.Count;

    /// <param name="picture">A thumbnail.</param>
    /// <param name="halfLives">Capture time, in half-lives since any fixed moment.</param>
    /// <param name="weight">Above 0; 1 for an ordinary moment.</param>
    /// <param name="salt">Distinguishes equal pictures of different moments; for example, the moment.</param>
    public void Offer(ReadOnlySpan<byte> picture, double halfLives, double weight, long salt)
    {
        var id = Hash(picture, salt);

        // 53 bits of the hash as a number strictly between 0 and 1.
        var uniform = ((id >> 11) + 0.5) / (1UL << 53);
        Insert(picture, new Ticket((halfLives * Math.Log(2)) + Math.Log(weight) - Math.Log(-Math.Log(uniform)), id));
    }

    public void Merge(Exemplars other)
    {
        foreach (var (slot, _) in other._lowest.UnorderedItems)
            Insert(other.Picture(slot), other._tickets[slot]);
    }

    public void Insert(ReadOnlySpan<byte> picture, Ticket ticket)
    {
        if (_known.Contains(ticket.Id))
            return;
        int slot;
        if (_lowest.Count < Capacity)
        {
            slot = _lowest.Count;
        }
        else
        {
            if (_lowest.TryPeek(out _, out var lowest) && s_byRank.Compare(ticket, lowest) <= 0)
                return;
            slot = _lowest.Dequeue();
            _known.Remove(_tickets[slot].Id);
        }

        picture.CopyTo(_pictures.AsSpan(slot * Thumbnail.Length, Thumbnail.Length));
        _tickets[slot] = ticket;
        _known.Add(ticket.Id);
        _lowest.Enqueue(slot, ticket);
    }

    /// <summary>Sorts by descending ticket: the same sample has the same order, in whatever order it was added.</summary>
    public IEnumerable<(Ticket Ticket, ReadOnlyMemory<byte> Picture)> Ordered() => _lowest.UnorderedItems.Select(i => i.Element)
        .OrderByDescending(slot => _tickets[slot], s_byRank)
        .Select(slot => (_tickets[slot], (ReadOnlyMemory<byte>)_pictures.AsMemory(slot * Thumbnail.Length, Thumbnail.Length)));

    private ReadOnlySpan<byte> Picture(int slot) => _pictures.AsSpan(slot * Thumbnail.Length, Thumbnail.Length);

    /// <summary>FNV-1a over eight bytes at a time, then mixed so that every bit depends on every byte.</summary>
    private static ulong Hash(ReadOnlySpan<byte> picture, long salt)
    {
        var hash = 14695981039346656037UL ^ (ulong)salt;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(picture))
            hash = (hash ^ (BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word))) * 1099511628211UL;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93UL;
        return hash ^ (hash >> 32);
    }
}
