using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// The one result of a task, including normal ones: proof that the clip was analysed, by which model, and how long after it arrived.
/// </summary>
internal sealed class Analysis : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>Unique: a task has one result however often it is reported.</summary>
    public required string TaskId { get; init; }

    /// <summary>Null when an outside worker did not give it and the clip's storage key does not contain it.</summary>
    public string? ClipId { get; init; }

    public required string StorageKey { get; init; }

    /// <summary>SHA-256 of the clip, lower-case hexadecimal; null from outside workers.</summary>
    public string? Sha256 { get; init; }

    public required AnalysisState State { get; init; }

    /// <summary>Why the analysis failed: a stable code and a sentence.</summary>
    public string? ReasonCode { get; init; }

    public string? Reason { get; init; }

    public string? ModelName { get; init; }

    public string? ModelSha256 { get; init; }

    /// <summary>
    /// The detector that gave the verdict: <c>model</c> or <c>scene</c>. Null when the worker did not report it; then it was the model.
    /// </summary>
    public string? Detector { get; init; }

    /// <summary>The scene detector's finding, whichever detector raised the alarm; null when the scene detector did not run.</summary>
    public SceneFinding? Scene { get; init; }

    /// <summary>The clip's format, in FFmpeg's names; null when the worker did not report it.</summary>
    public string? Codec { get; init; }

    public string? PixelFormat { get; init; }

    public string? Container { get; init; }

    /// <summary>What each detector found, with or without an alarm; null for nothing.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>Highest score of each label over the clip, 0 to 1.</summary>
    public required IReadOnlyDictionary<string, double> Labels { get; init; }

    public required bool Anomaly { get; init; }

    public string? Label { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    public required IReadOnlyList<Window> Windows { get; init; }

    /// <summary>Number of decoded frames.</summary>
    public int Frames { get; init; }

    /// <summary>The clip's length.</summary>
    public double Seconds { get; init; }

    public double DecodeMs { get; init; }

    public double InferMs { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When the Backend stored the result. The time to alert ends here.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Name of the worker that analysed the clip.</summary>
    public string? Worker { get; init; }

    /// <summary>The window with the highest score of <see cref="Label"/>; null without windows.</summary>
    public Window? StrongestWindow() => Label is null ? null : Windows.MaxBy(w => w.Labels.GetValueOrDefault(Label));
}

internal sealed class AnomaliesModel : IEntityModel<BackendDb>
{
    private static readonly ValueConverter<IReadOnlyDictionary<string, double>, string> s_labels = new(
        v => JsonSerializer.Serialize(v, WebJson.Options),
        s => JsonSerializer.Deserialize<Dictionary<string, double>>(s, WebJson.Options)!);

    private static readonly ValueConverter<IReadOnlyList<Window>, string> s_windows = new(
        v => JsonSerializer.Serialize(v, WebJson.Options),
        s => JsonSerializer.Deserialize<List<Window>>(s, WebJson.Options)!);

    private static readonly ValueConverter<IReadOnlyList<Finding>?, string?> s_findings = new(
        v => v == null ? null : JsonSerializer.Serialize(v, WebJson.Options),
        s => s == null ? null : JsonSerializer.Deserialize<List<Finding>>(s, WebJson.Options));

    private static readonly ValueConverter<Finding?, string?> s_finding = new(
        v => v == null ? null : JsonSerializer.Serialize(v, WebJson.Options),
        s => s == null ? null : JsonSerializer.Deserialize<Finding>(s, WebJson.Options));

    private static readonly ValueConverter<SceneFinding?, string?> s_scene = new(
        v => v == null ? null : JsonSerializer.Serialize(v, WebJson.Options),
        s => s == null ? null : JsonSerializer.Deserialize<SceneFinding>(s, WebJson.Options));

    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Analysis>(row =>
        {
            row.ToTable("analyses");
            row.Property(a => a.State).HasConversion(
                s => s == AnalysisState.Failed ? "failed" : "analysed", s => s == "failed" ? AnalysisState.Failed : AnalysisState.Analysed);

            // These values never change once written, so comparing references is enough.
            row.Property(a => a.Labels).HasConversion(
                s_labels, new ValueComparer<IReadOnlyDictionary<string, double>>(favorStructuralComparisons: false));
            row.Property(a => a.Windows).HasConversion(
                s_windows, new ValueComparer<IReadOnlyList<Window>>(favorStructuralComparisons: false));
            row.Property(a => a.Findings).HasConversion(
                s_findings, new ValueComparer<IReadOnlyList<Finding>?>(favorStructuralComparisons: false));
            row.Property(a => a.Scene).HasConversion(s_scene, new ValueComparer<SceneFinding?>(favorStructuralComparisons: false));
        });
        modelBuilder.Entity<Anomaly>(row =>
        {
            row.ToTable("anomalies");
            row.Property(a => a.Status).HasConversion(s => s.ToName(), s => AnomalyNames.ToStatus(s) ?? AnomalyStatus.New);
            row.Property(a => a.Scene).HasConversion(s_scene, new ValueComparer<SceneFinding?>(favorStructuralComparisons: false));
            row.Property(a => a.Finding).HasConversion(s_finding, new ValueComparer<Finding?>(favorStructuralComparisons: false));
            row.Property(a => a.Resolution).HasConversion(
                r => r == Resolution.Confirmed ? "confirmed" : "false_alarm",
                s => s == "confirmed" ? Resolution.Confirmed : Resolution.FalseAlarm);
        });
    }
}
