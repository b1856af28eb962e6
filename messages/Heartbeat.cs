using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>
/// A process of a service reports every 15 seconds that it lives, and whether it is ready. <c>POST /internal/workers/heartbeat</c> and
/// <c>/internal/ingestions/heartbeat</c>.
/// </summary>
/// <param name="Name">Distinguishes the process from others of the same service; 1 to 100 characters.</param>
/// <param name="Version">Its build; at most 100 characters.</param>
/// <param name="Status">What it lacks to be ready; at most 200 characters.</param>
/// <param name="LastWorkAt">When it last finished a task; null: not since its start. UTC.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record Heartbeat(string Name, string Version, bool Ready, string? Status = null, DateTimeOffset? LastWorkAt = null);
