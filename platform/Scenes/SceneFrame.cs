using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>The detector's result for a frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Seconds">Media time.</param>
/// <param name="Score">Surprise, at least 0; each 1 more is about ten times as rare among the camera's normal moments.</param>
/// <param name="Box">The place, in pixels of the clip's own picture; empty when no place stands out.</param>
/// <param name="Reason">The attribute that stands out, and its numbers.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneFrame(int Index, double Seconds, double Score, SceneBox Box, SceneReason Reason);

/// <summary>A rectangle in pixels of the clip's own picture.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneBox(int X, int Y, int Width, int Height);

/// <summary>The reason for a moment's score.</summary>
/// <param name="Attribute">The attribute that contributes most.</param>
/// <param name="Here">
/// The attribute's value: pixels of working width a second (speed), share of the surroundings (size), share of time (place), share of
/// movements (direction), distance (scene).
/// </param>
/// <param name="Usual">
/// The usual value for speed and size; for the scene, the value that 19 of 20 moments stay below; 0 for the others, whose value is a share.
/// </param>
/// <param name="Spread">Standard deviation of ordinary values from the usual one; 0 when it has no meaning.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneReason(SceneAttribute Attribute, double Here, double Usual, double Spread)
{
    // Beyond it the usual value is close to nothing, and the ratio means little.
    private const double MostTimes = 20;

    // Below it, "times" would overstate the difference; up to two, a decimal matters.
    private const double FewestTimes = 1.5;
    private const double WholeTimes = 2;

    /// <summary>
    /// An English sentence for a person. The dashboard makes its sentences from the attribute and its values, by the same limits.
    /// </summary>
    public string ToSentence() => Attribute switch
    {
        SceneAttribute.Speed => Factor() is { } faster ? $"{faster} faster than usual here." : "Faster than usual here.",
        SceneAttribute.Size => Factor() is { } more ? $"{more} as much movement as usual here." : "More movement than usual here.",
        SceneAttribute.Place => $"Activity in a normally empty area (active {Percent(Here)} of the time).",
        SceneAttribute.Direction => $"Moves in a direction that is rare here ({Percent(Here)} of movements).",
        _ => "The picture as a whole looks unlike anything seen here before.",
    };

    private static string Percent(double share) => (share * 100) switch
    {
        < 0.01 => "less than 0.01 %",
        < 0.1 and var percent => FormattableString.Invariant($"{percent:0.##} %"),
        < 10 and var percent => FormattableString.Invariant($"{percent:0.#} %"),
        var percent => FormattableString.Invariant($"{percent:0} %"),
    };

    /// <summary>Such as "About 4 times"; null when the value is not much above the usual one.</summary>
    private string? Factor() => (Here / Usual) switch
    {
        > MostTimes => FormattableString.Invariant($"More than {MostTimes:0} times"),
        >= WholeTimes and var times => FormattableString.Invariant($"About {Math.Round(times):0} times"),
        >= FewestTimes and var times => FormattableString.Invariant($"About {times:0.#} times"),
        _ => null,
    };
}
