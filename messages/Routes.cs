namespace Siaga.Messages;

/// <summary>The names of topics and queues, and the topics of each queue.</summary>
public static class Routes
{
    /// <summary>Topic of <see cref="Messages.ClipStored"/>.</summary>
    public const string ClipStored = "clip.stored";

    /// <summary>Topic of <see cref="Messages.AnalysisRecorded"/>.</summary>
    public const string AnalysisRecorded = "analysis.recorded";

    /// <summary>Topic of <see cref="Messages.CameraPurged"/>.</summary>
    public const string CameraPurged = "camera.purged";

    /// <summary>Topic of <see cref="Messages.ClipIsNormal"/>.</summary>
    public const string ClipIsNormal = "clip.normal";

    /// <summary>Topic of <see cref="Messages.PlayableWanted"/>.</summary>
    public const string PlayableWanted = "clip.playable-wanted";

    /// <summary>The workers' queue.</summary>
    public const string AnalysisQueue = "siaga.analysis";

    /// <summary>The workers' queue of clips that users marked as normal.</summary>
    public const string NormalClipsQueue = "siaga.normal-clips";

    /// <summary>The workers' queue of clips that browsers cannot play and a user wants to watch.</summary>
    public const string PlayableCopiesQueue = "siaga.playable-copies";

    /// <summary>The Backend's queue, for its list of recordings.</summary>
    public const string RecordingsQueue = "siaga.recordings";

    /// <summary>Ingestion's queue, for the states of clips.</summary>
    public const string ClipStatesQueue = "siaga.clip-states";

    /// <summary>Ingestion's queue of purged cameras.</summary>
    public const string PurgesQueue = "siaga.purges";

    /// <summary>Queues in which a company with many clips must not delay one with few.</summary>
    public static IReadOnlyCollection<string> FairQueues { get; } = [AnalysisQueue];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Bindings { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [ClipStored] = [AnalysisQueue, RecordingsQueue],
            [AnalysisRecorded] = [ClipStatesQueue],
            [CameraPurged] = [PurgesQueue],
            [ClipIsNormal] = [NormalClipsQueue],
            [PlayableWanted] = [PlayableCopiesQueue],
        };
}
