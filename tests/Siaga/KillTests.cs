using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>The no-loss contract on one machine: a <c>kill -9</c> at any moment loses nothing that was answered with 2xx.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 50;
    private const int Uploaders = 3;

    // Milliseconds; on most machines a start takes a little less.
    private const int LongestStart = 2500;

    private sealed record Sent(string ClipId, string Sha256);

    [Fact]
    public async Task Fifty_kills_under_upload_lose_nothing_and_report_nothing_twice()
    {
        // SIAGA_SEED repeats the moments of a run's kills; the machine's own timing still differs.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SIAGA_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"SIAGA_SEED={seed}");
        var random = new Random(seed);
        var started = TimeProvider.System.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("siaga-kill-").FullName;
        var siaga = await SiagaProcess.UpAsync(folder);
        try
        {
            using var first = new Api(siaga.Address);
            await first.SignInAsync();
            var camera = await first.MakeCameraAsync();
            var address = siaga.Address;
            var sent = new ConcurrentBag<Sent>();
            var clips = new TinyClips();
            using var enough = new CancellationTokenSource();
            var uploaders = Enumerable.Range(0, Uploaders).Select(n => UploadAsync(() => address, (camera, clips), n, sent, enough.Token))
                .ToList();
            for (var kill = 0; kill < Kills; kill++)
            {
                // Every second kill comes during uploads and analyses, the others at any moment of a start. The speed of the machine
                // changes the number of clips, not what is hit.
                if (kill % 2 == 0)
                {
                    var sentBefore = sent.Count;
                    await Eventually.TrueAsync("a clip is taken", () => sent.Count > sentBefore, TimeSpan.FromMinutes(1));
                    await Task.Delay(random.Next(0, 400));
                }
                else
                {
                    await Task.Delay(random.Next(20, LongestStart));
                }

                await siaga.KillAsync();
                await siaga.DisposeAsync();
                siaga = SiagaProcess.Launch(folder);

                if (kill % 2 == 0)
                    continue;
                await siaga.ListenAsync();
                address = siaga.Address;
            }

            // The last start is not killed and accepts some clips without interruption.
            var before = sent.Count;
            await Eventually.TrueAsync("the last start takes clips", () => sent.Count >= before + Uploaders, TimeSpan.FromMinutes(1));
            await enough.CancelAsync();
            await Task.WhenAll(uploaders);
            output.WriteLine(
                $"{sent.Count} clips were answered 2xx over {Kills} kills in "
                + $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
            Assert.True(sent.Count > Kills / 3, $"only {sent.Count} clips were accepted: the test did not load it");
            await ExpectEachOnceAsync(siaga.Address, folder, sent);
            output.WriteLine($"all are accounted for after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s");
        }
        finally
        {
            await siaga.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A camera that repeats each upload until it is answered with 2xx, as cameras do.</summary>
    private static async Task UploadAsync(
        Func<Uri> address, (Camera Camera, TinyClips Clips) what, int uploader, ConcurrentBag<Sent> sent, CancellationToken enough)
    {
        var start = new DateTimeOffset(2026, 1, 1 + uploader, 0, 0, 0, TimeSpan.Zero);
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var bytes = what.Clips.Make(number);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    using var api = new Api(address());
                    var answer = await api.UploadAsync(
                        what.Camera.Key, new ByteArrayContent(bytes),
                        capturedAt: start.AddSeconds(number).ToString("O", CultureInfo.InvariantCulture), cancellationToken: enough);
                    if (answer.Status is >= 200 and < 300)
                    {
                        sent.Add(new Sent(answer.Body.GetProperty("clip_id").GetString()!, sha256));
                        break;
                    }

                    Assert.True(answer.Status is 503, $"{answer.Status} {answer.Body}");
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    // Killed during the upload: try again.
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        }
    }

    private static async Task ExpectEachOnceAsync(Uri address, string folder, IReadOnlyCollection<Sent> sent)
    {
        using var api = new Api(address);
        await api.SignInAsync();
        IReadOnlyList<JsonElement> analyses = [];
        await Eventually.TrueAsync(
            "every clip that was answered 2xx has an analysis",
            async () =>
            {
                analyses = await api.ListAsync("api/analyses?limit=200");
                var known = analyses.Select(ClipOf).ToHashSet(StringComparer.Ordinal);
                return sent.All(s => known.Contains(s.ClipId));
            },
            TimeSpan.FromMinutes(3));
        var anomalies = await api.ListAsync("api/anomalies?limit=200");
        Assert.Equal(sent.Count, sent.Select(s => s.ClipId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(analyses.Count, analyses.Select(ClipOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            analyses.Where(a => a.GetProperty("anomaly").GetBoolean()).Select(ClipOf).Order(StringComparer.Ordinal),
            anomalies.Select(ClipOf).Order(StringComparer.Ordinal));
        foreach (var clip in sent)
        {
            // Ingestion learns of an analysis through a message, shortly after the Backend.
            JsonElement state = default;
            await Eventually.TrueAsync($"Ingestion knows that {clip.ClipId} is analysed", async () =>
            {
                state = (await api.SendAsync(HttpMethod.Get, $"ingest/clips/{clip.ClipId}")).Body;
                return state.GetProperty("state").GetString() == "analysed";
            });
            Assert.Equal(clip.Sha256, state.GetProperty("sha256").GetString());
        }

        // Reads every object, compares its SHA-256, and checks that no object is left over.
        var check = await SiagaProcess.RunAsync("check", "--data", folder, "--content", "--json");
        Assert.True(check.Code == 0, check.Output + check.Error);
    }

    private static string ClipOf(JsonElement item) => item.GetProperty("clip_id").GetString()!;
}
