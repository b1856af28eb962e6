namespace Siaga.Messages;

/// <summary>The Backend has stored the result of a task. The Backend publishes it once for each task.</summary>
public sealed record AnalysisRecorded
{
    /// <summary>The version of this message's shape. A reader ignores fields that it does not know.</summary>
    public int Version { get; init; } = 1;

    public required string TaskId { get; init; }

    public required string ClipId { get; init; }

    /// <summary><c>analysed</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed, in one sentence; null on success.</summary>
    public string? Reason { get; init; }

    /// <summary>When the Backend stored the result. UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
