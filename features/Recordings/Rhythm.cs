namespace Siaga.Recordings;

/// <summary>
/// How often a camera delivers: the median time between the beginnings of
/// its clips, so that neither a gap at night nor a burst counts for much.
/// </summary>
internal static class Rhythm
{
    /// <summary>The number of newest clips that show how often a camera delivers now.</summary>
    public const int Clips = 21;

    /// <summary>The interval of a camera with too few clips.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);

    /// <param name="beginnings">When clips begin, in any order.</param>
    /// <returns>Null for fewer than two clips.</returns>
    public static TimeSpan? Of(IEnumerable<DateTimeOffset> beginnings)
    {
        var times = beginnings.Order().ToList();
        if (times.Count < 2)
            return null;
        var steps = times.Zip(times.Skip(1), (a, b) => b - a).Order().ToList();
        var median = steps[steps.Count / 2];
        return median > s_shortest ? median : s_shortest;
    }
}
