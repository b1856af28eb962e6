namespace Siaga.Messages;

/// <summary>The Backend has stored the result of a task. Published once a task by the Backend.</summary>
public sealed record AnalysisRecorded
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    public required string TaskId { get; init; }

    public required string ClipId { get; init; }

    /// <summary><c>analysed</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed, one sentence; null when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>When the Backend stored it. UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
