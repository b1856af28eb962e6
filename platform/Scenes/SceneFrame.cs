using System.Runtime.InteropServices;

namespace Siaga.Scenes;

/// <summary>What the detector says of a frame.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Seconds">Media time.</param>
/// <param name="Score">Surprise: at least 0; each 1 more is about ten times as rare among the camera's normal moments.</param>
/// <param name="Box">Where, pixels of the clip's own picture; empty where nothing stands out.</param>
/// <param name="Reason">In which respect, with its numbers.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneFrame(int Index, double Seconds, double Score, SceneBox Box, SceneReason Reason);

/// <summary>A rectangle in pixels of the clip's own picture.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneBox(int X, int Y, int Width, int Height);

/// <summary>Why a moment scores as it does.</summary>
/// <param name="Attribute">What contributes most.</param>
/// <param name="Here">Its value: pixels of working width a second (speed), a share of the surroundings (size), a share of time (place) or of movements (direction), a distance (scene).</param>
/// <param name="Usual">What is usual: the same for speed and size, and what 19 in 20 moments stay below for the scene; 0 for the others, whose value says it.</param>
/// <param name="Spread">How far ordinary values lie from the usual one; 0 where that means nothing.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SceneReason(SceneAttribute Attribute, double Here, double Usual, double Spread)
{
    /// <summary>A sentence with its numbers, for a person.</summary>
    public string ToSentence() => Attribute switch
    {
        SceneAttribute.Speed => FormattableString.Invariant($"Moves at {Here:0} px/s here, where {Usual:0} ± {Spread:0} is normal."),
        SceneAttribute.Size => FormattableString.Invariant($"{Here:0 %} of this surrounding moves, where {Usual:0 %} ± {Spread:0 %} is normal."),
        SceneAttribute.Place => FormattableString.Invariant($"Something is here, where something is {Here:0.###%} of the time."),
        SceneAttribute.Direction => FormattableString.Invariant($"Moves in a direction that {Here:0.#%} of the movements here have."),
        _ => FormattableString.Invariant($"The picture as a whole is {Here:0.0} away from anything remembered; {Usual:0.0} is seldom exceeded."),
    };
}
