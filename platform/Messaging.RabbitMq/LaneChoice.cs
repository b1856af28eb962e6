using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Chooses the lane of a fair queue for a group's message. Consumers take from the lanes in turn, so a group waits for at most one message
/// of each other lane, unless another group fills its lane. Each group has two lanes, derived from its name. It uses the first, and the
/// second while others fill the first. A group that fills a lane by itself stays there: it delays only itself.
/// </summary>
internal sealed class LaneChoice(int lanes)
{
    // With at most this many messages in the lane, switching gains nothing.
    private const long Few = 4;

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    private sealed class Place
    {
        /// <summary>The index of the lane in use.</summary>
        public int Lane { get; set; }

        /// <summary>Upper bound for the group's own messages in the lane, among those that this process published.</summary>
        public long Own { get; set; }
    }

    /// <summary>The two lanes of a group.</summary>
    public (int First, int Second) LanesOf(string group)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(group));
        var first = BitConverter.ToUInt16(hash, 0) % lanes;
        return (first, (first + 1 + (BitConverter.ToUInt16(hash, 2) % (lanes - 1))) % lanes);
    }

    /// <param name="group">The group of the message.</param>
    /// <param name="depths">How many messages each lane holds; may be slightly out of date.</param>
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
