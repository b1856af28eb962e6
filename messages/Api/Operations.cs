using System.Text.Json;

namespace Siaga.Messages.Api;

/// <summary>How full a queue is. An item of <c>GET /api/system/queues</c>.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Depth">Messages that wait.</param>
/// <param name="InHand">Messages that consumers hold; only those of this process if the broker does not tell.</param>
/// <param name="OldestAgeSeconds">Age of the oldest waiting message; 0 if the queue is empty.</param>
/// <param name="Dead">Its dead letters.</param>
public sealed record ListQueuesItem(string Queue, long Depth, long InHand, double OldestAgeSeconds, long Dead);

/// <summary>A worker and how much it analysed. An item of <c>GET /api/system/workers</c>.</summary>
/// <param name="Worker">The name that it gives itself.</param>
/// <param name="Version">Its build; absent if it sends no heartbeats, as workers in other languages.</param>
/// <param name="Ready">As its last heartbeat says; absent without heartbeats, or after 45 seconds of silence.</param>
/// <param name="Status">What it lacks to be ready.</param>
/// <param name="CompanyId">The company that runs it; absent: it works for all companies.</param>
/// <param name="LastSeenAt">Its last heartbeat or report.</param>
/// <param name="LastAnalysisAt">Its last report; absent if there was none since its start.</param>
/// <param name="ClipsLastHour">Its reports in the last hour.</param>
public sealed record ListWorkersItem(
    string Worker,
    string? Version,
    bool? Ready,
    string? Status,
    long? CompanyId,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? LastAnalysisAt,
    long ClipsLastHour);

/// <summary>A message that was given up. An item of <c>GET /api/system/dead</c>.</summary>
/// <param name="Id">As text, because it is larger than the numbers of some languages.</param>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="Type">Its topic, such as <c>clip.stored</c>.</param>
/// <param name="Code">Why it was given up, for programs.</param>
/// <param name="Reason">Why it was given up, for people.</param>
/// <param name="Attempts">How often it was delivered.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="ClipId">From its body.</param>
/// <param name="CameraId">From its body.</param>
/// <param name="CompanyId">From its body.</param>
/// <param name="Body">The message: JSON, or a text if it is not JSON.</param>
public sealed record ListDeadLettersItem(
    string Id,
    string Queue,
    string? Type,
    string Code,
    string Reason,
    int Attempts,
    DateTimeOffset FailedAt,
    string? ClipId,
    long? CameraId,
    long? CompanyId,
    JsonElement Body);

/// <summary><c>POST /api/system/dead/replay</c>.</summary>
/// <param name="Replayed">How many were put back.</param>
/// <param name="More">True if there are others: call again.</param>
public sealed record ReplayDeadLetterResponse(int Replayed, bool More);
