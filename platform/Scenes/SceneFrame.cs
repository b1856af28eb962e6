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
    /// <summary>A sentence for a person, with the numbers.</summary>
    public string ToSentence() => Attribute switch
    {
        SceneAttribute.Speed => FormattableString.Invariant($"Moves at {Here:0} px/s here, where {Usual:0} ± {Spread:0} is normal."),
        SceneAttribute.Size => FormattableString.Invariant(
            $"{Here:0 %} of this surrounding moves, where {Usual:0 %} ± {Spread:0 %} is normal."),
        SceneAttribute.Place => FormattableString.Invariant($"Something is here, where something is {Here:0.###%} of the time."),
        SceneAttribute.Direction => FormattableString.Invariant($"Moves in a direction that {Here:0.#%} of the movements here have."),
        _ => FormattableString.Invariant(
            $"The picture as a whole is {Here:0.0} away from anything remembered; {Usual:0.0} is seldom exceeded."),
    };
}
