using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Tests.Network;

/// <summary>What a job did outside its machine and its folders.</summary>
/// <param name="Questions">DNS queries, such as <c>A example.org</c>.</param>
/// <param name="Packets">Packets to any address but loopback, such as <c>TCP 192.0.2.1:443</c>.</param>
/// <param name="Files">Files created in the home or temporary folders, even briefly, except <see cref="KnownFiles"/>.</param>
/// <param name="Failure">Why the job failed.</param>
internal sealed record Sightings(
    IReadOnlyList<string> Questions, IReadOnlyList<string> Packets, IReadOnlyList<string> Files, string? Failure)
{
    /// <summary>All of them, one per line; empty when nothing was seen.</summary>
    [JsonIgnore]
    public string Listed => string.Join('\n', [.. Questions, .. Packets, .. Files]);

    public string ToLine() => JsonSerializer.Serialize(this);

    public static Sightings OfLine(string line) => JsonSerializer.Deserialize<Sightings>(line)!;
}
