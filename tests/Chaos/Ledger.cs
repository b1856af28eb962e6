using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Lost">Clips that are not analysed, or cannot be read back as they were sent.</param>
/// <param name="Duplicated">Clips, analyses or anomalies that exist more than once.</param>
internal sealed record Reckoning(IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated);

/// <summary>Compares what Ingestion acknowledged with what the public API shows.</summary>
internal static class Ledger
{
    private const int Readers = 8;

    public static async Task<Reckoning> ReckonAsync(
        Api api, IReadOnlyCollection<SentClip> sent, IReadOnlyCollection<Camera> cameras, Action<string> say)
    {
        var (lost, duplicated) = (new List<string>(), new List<string>());

        // One upload yields one clip, however often it was repeated and to whatever address.
        foreach (var twice in sent.GroupBy(s => s.ClipId, StringComparer.Ordinal).Where(g => g.Count() > 1))
            lost.Add($"clips {string.Join(", ", twice.Select(s => s.Number))} share the id {twice.Key}");

        say("reading the analyses");
        var analyses = Theirs(await api.ListAsync("api/analyses?limit=200"));
        var anomalies = Theirs(await api.ListAsync("api/anomalies?limit=200"));
        var ids = sent.Select(s => s.ClipId).ToHashSet(StringComparer.Ordinal);
        foreach (var clip in sent)
        {
            var of = analyses[clip.ClipId].ToList();
            if (of.Count == 0 || of.TrueForAll(a => a.GetProperty("state").GetString() != "analysed"))
                lost.Add($"clip {clip.Number}, {clip.ClipId}: {(of.Count == 0 ? "no analysis" : of[0].ToString())}");
            else if (of.Exists(a => a.GetProperty("anomaly").GetBoolean()) && !anomalies.Contains(clip.ClipId))
                lost.Add($"clip {clip.Number}, {clip.ClipId}: an anomaly that is missing in the API");
        }

        duplicated.AddRange(analyses.Where(g => g.Count() > 1).Select(g => $"clip {g.Key}: {g.Count()} analyses"));
        duplicated.AddRange(anomalies.Where(g => g.Count() > 1).Select(g => $"clip {g.Key}: {g.Count()} anomalies"));
        duplicated.AddRange(
            analyses.Select(g => g.Key).Where(id => !ids.Contains(id)).Select(id => $"clip {id}: no camera was told of it"));

        say("reading every clip from the storage");
        await ReadAsync(api, sent, cameras, lost);
        return new Reckoning(lost, duplicated);

        // The installation may contain other cameras.
        ILookup<string, JsonElement> Theirs(IEnumerable<JsonElement> items) => items
            .Where(i => cameras.Any(c => c.Id == i.GetProperty("camera_id").GetInt64())).ToLookup(ClipOf, StringComparer.Ordinal);
    }

    /// <summary>Downloads every clip through the link for people, and compares it with what was sent.</summary>
    private static async Task ReadAsync(Api api, IReadOnlyCollection<SentClip> sent, IReadOnlyCollection<Camera> cameras, List<string> lost)
    {
        using var viewer = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var found = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        foreach (var camera in cameras)
        {
            for (var from = Cameras.Begin; ;)
            {
                var time = Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture));
                var body = (await api.SendAsync(
                    HttpMethod.Get, $"api/cameras/{camera.Id}/recordings?from={time}&to=2027-01-01T00:00:00Z&presign=1")).Body;
                var items = body.GetProperty("items").EnumerateArray().ToList();
                if (items.Count == 0)
                    break;
                from = items[^1].GetProperty("captured_at").GetDateTimeOffset().AddMilliseconds(1);
                await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Readers }, async (item, token) =>
                {
                    var hash = SHA256.HashData(await viewer.GetByteArrayAsync(new Uri(item.GetProperty("url").GetString()!), token));
                    found[item.GetProperty("clip_id").GetString()!] = Convert.ToHexStringLower(hash);
                });
            }
        }

        foreach (var clip in sent)
        {
            if (!found.TryGetValue(clip.ClipId, out var hash))
                lost.Add($"clip {clip.Number}, {clip.ClipId}: no recording");
            else if (hash != clip.Sha256)
                lost.Add($"clip {clip.Number}, {clip.ClipId}: other bytes than were sent");
        }
    }

    private static string ClipOf(JsonElement item) => item.GetProperty("clip_id").GetString()!;
}
