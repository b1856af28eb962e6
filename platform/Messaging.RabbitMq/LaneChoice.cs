using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Which lane of a fair queue a group's messages go to. Consumers take from the lanes in turn, so a group is as far from its turn as there are
/// lanes in use, if no other fills its lane. Each group has two lanes, found by its name; it uses the first, and the second while the first is
/// full of somebody else's. One that fills a lane by itself stays there: it has nobody but itself before it.
/// </summary>
internal sealed class LaneChoice(int lanes)
{
    // Fewer than these are no delay worth a look.
    private const long Few = 4;

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    private sealed class Place
    {
        /// <summary>An index of its two.</summary>
        public int Lane { get; set; }

        /// <summary>At most so many of the lane's messages are its own, as far as this process published them.</summary>
        public long Own { get; set; }
    }

    /// <summary>A group's two lanes.</summary>
    public (int First, int Second) LanesOf(string group)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(group));
        var first = BitConverter.ToUInt16(hash, 0) % lanes;
        return (first, (first + 1 + (BitConverter.ToUInt16(hash, 2) % (lanes - 1))) % lanes);
    }

    /// <param name="group">Whose message it is.</param>
    /// <param name="depths">How many messages each lane has, or had a moment ago.</param>
    public int Choose(string group, ReadOnlySpan<long> depths)
    {
        var (first, second) = LanesOf(group);
        var place = _places.GetOrAdd(group, _ => new Place { Lane = first });
        lock (place)
        {
            place.Own = Math.Min(place.Own, depths[place.Lane]);
            if (depths[place.Lane] > Few && place.Own * 2 < depths[place.Lane])
            {
                var other = place.Lane == first ? second : first;
                if (depths[other] < depths[place.Lane])
                    (place.Lane, place.Own) = (other, 0);
            }

            place.Own++;
            return place.Lane;
        }
    }
}
