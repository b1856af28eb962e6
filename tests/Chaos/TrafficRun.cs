using System.Diagnostics;
using System.Text.Json;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <summary>The clips that were answered with 2xx, and the cameras that sent them.</summary>
internal sealed record Promises(IReadOnlyList<Camera> Cameras, IReadOnlyList<SentClip> Sent);

/// <summary>Cameras of two new companies that send clips to a Siaga which is started and stopped elsewhere.</summary>
internal sealed class TrafficRun(Api api, Uri ingestion, Action<string> say)
{
    private const int Companies = 2;
    private const int CameraCount = 6;

    // Without progress for this long, the missing clips will not come: it is longer than the longest pause between two attempts.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends until there are enough clips, or until a file exists.</summary>
    public async Task<Promises> SendAsync(int count, double rate, FileInfo? until, CancellationToken cancellationToken)
    {
        var made = await TestHost.MakeCamerasAsync(api, CameraCount, Companies);
        var clips = new TinyClips();
        using var cameras = new Cameras([ingestion], made, clips.Make);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var watching = until is null ? Task.CompletedTask : WatchAsync();
        await cameras.SendAsync(count, rate, enough.Token);
        await done.CancelAsync();
        await watching;
        say($"{cameras.Sent.Count} clips are sent; answers that were not 2xx: "
            + $"{string.Join(", ", cameras.Refused.OrderBy(r => r.Key).Select(r => $"{r.Value} × {(r.Key == 0 ? "broken" : r.Key)}"))}");
        return new Promises(made, [.. cameras.Sent]);

        async Task WatchAsync()
        {
            while (!done.IsCancellationRequested && !File.Exists(until.FullName))
                await Task.Delay(s_look, CancellationToken.None);
            await enough.CancelAsync();
        }
    }

    /// <summary>Waits until every clip is analysed and known to the Backend, or until no more arrive.</summary>
    public async Task AnalysedAsync(Promises promises, CancellationToken cancellationToken)
    {
        var keys = promises.Cameras.ToDictionary(c => c.Id, c => c.Key);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        var (waiting, since) = (promises.Sent.ToList(), Stopwatch.StartNew());
        while (waiting.Count > 0)
        {
            var before = waiting.Count;
            foreach (var clip in waiting.ToList())
            {
                if (await IsAnalysedAsync(clip))
                    waiting.Remove(clip);
            }

            if (waiting.Count < before)
                since.Restart();
            else if (since.Elapsed > s_patience)
                break;
            await Task.Delay(s_look, cancellationToken);
        }

        if (waiting.Count > 0)
            say($"{waiting.Count} clips have no analysis, and none came for {s_patience.TotalMinutes} minutes");

        async Task<bool> IsAnalysedAsync(SentClip clip)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(ingestion, $"ingest/clips/{clip.ClipId}"));
            request.Headers.TryAddWithoutValidation("X-Camera-Key", keys[clip.CameraId]);
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                if (!response.IsSuccessStatusCode)
                    return false;
                using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                return body.RootElement.GetProperty("state").GetString() == "analysed";
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // A process is being restarted.
                return false;
            }
        }
    }
}
