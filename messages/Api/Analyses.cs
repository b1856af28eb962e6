namespace Siaga.Messages.Api;

/// <summary>One analysis of a clip, normal ones too. An item of <c>GET /api/analyses</c>.</summary>
public sealed record ListAnalysesItem
{
    public required long Id { get; init; }

    public required string TaskId { get; init; }

    public string? ClipId { get; init; }

    public required long CameraId { get; init; }

    public required long CompanyId { get; init; }

    public required AnalysisState State { get; init; }

    /// <summary>Why the analysis failed.</summary>
    public ListAnalysesReasonItem? Reason { get; init; }

    public ListAnalysesModelItem? Model { get; init; }

    /// <summary><c>model</c> or <c>scene</c>: the detector that gave the verdict. Absent when the analysis failed.</summary>
    public string? Detector { get; init; }

    /// <summary>The scene detector's finding, whichever detector gave the verdict; absent when it did not run.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>What each detector found, with or without an alarm; empty for nothing.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Highest score of each label over the clip, 0 to 1.</summary>
    public required IReadOnlyDictionary<string, double> Labels { get; init; }

    public required bool Anomaly { get; init; }

    public string? Label { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>The clip's length.</summary>
    public required double Seconds { get; init; }

    public required double DecodeMs { get; init; }

    public required double InferMs { get; init; }

    /// <summary>Name of the worker that analysed the clip.</summary>
    public string? Worker { get; init; }

    /// <summary>Only in the answer for a single analysis.</summary>
    public IReadOnlyList<Window>? Windows { get; init; }
}

/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ListAnalysesModelItem(string Name, string? Sha256);

/// <param name="Code">Stable, such as <c>clip_gone</c>.</param>
/// <param name="Message">A sentence for a person.</param>
public sealed record ListAnalysesReasonItem(string Code, string Message);
