namespace Siaga.Messages;

/// <summary>The scene detector's finding for a clip, at its most unusual moment.</summary>
public sealed record SceneFinding
{
    /// <summary>Version of the scene model that scored the clip; 0 when the clip was the camera's first.</summary>
    public required int Version { get; init; }

    /// <summary>At least 0; each 1 more is about ten times as rare in the camera's own past.</summary>
    public required double Score { get; init; }

    /// <summary>A score above it is an alarm; follows from the camera's <c>false_alarms_a_day</c>.</summary>
    public double Threshold { get; init; }

    /// <summary>True when the scene detector raises an alarm.</summary>
    public bool Alarm { get; init; }

    /// <summary>True while the camera is still learning: the score means little, and raises no alarm.</summary>
    public bool Provisional { get; init; }

    /// <summary>True when the clip shows a different view than the learned one.</summary>
    public bool Moved { get; init; }

    /// <summary>The most unusual moment, in seconds from the clip's first frame.</summary>
    public double AtS { get; init; }

    /// <summary>Left, top, width, height in pixels of the clip's own picture. Absent when no place stands out.</summary>
    public IReadOnlyList<int>? Box { get; init; }

    /// <summary><c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>.</summary>
    public string? Attribute { get; init; }

    /// <summary>The reason as an English sentence. Its values are in the anomaly's <c>finding</c>.</summary>
    public string? Explanation { get; init; }
}
