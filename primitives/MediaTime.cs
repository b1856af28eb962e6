namespace Siaga.Primitives;

/// <summary>A position in a clip, counted from its first frame. Not a time of day: the two never mix.</summary>
/// <param name="Seconds">Seconds from the clip's first frame, at least 0.</param>
public readonly record struct MediaTime(double Seconds) : IComparable<MediaTime>
{
    public static MediaTime Zero => new(0);

    public int CompareTo(MediaTime other) => Seconds.CompareTo(other.Seconds);

    public static bool operator <(MediaTime left, MediaTime right) => left.Seconds < right.Seconds;

    public static bool operator >(MediaTime left, MediaTime right) => left.Seconds > right.Seconds;

    public static bool operator <=(MediaTime left, MediaTime right) => left.Seconds <= right.Seconds;

    public static bool operator >=(MediaTime left, MediaTime right) => left.Seconds >= right.Seconds;
}
