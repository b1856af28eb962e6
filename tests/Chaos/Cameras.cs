using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Number">Its number among all clips of the run.</param>
/// <param name="CameraId">The camera that sent it.</param>
/// <param name="ClipId">The id in Ingestion's answer.</param>
/// <param name="Sha256">Hash of the bytes sent.</param>
/// <param name="Tries">Attempts up to the 2xx.</param>
internal sealed record SentClip(long Number, long CameraId, string ClipId, string Sha256, int Tries);

/// <summary>
/// Cameras that send clips at a given rate and repeat each upload, to any of several addresses, until it is answered with 2xx.
/// </summary>
internal sealed class Cameras(IReadOnlyList<Uri> ingestions, IReadOnlyList<Camera> cameras, Func<long, long, byte[]> clips) : IDisposable
{
    /// <summary>The start time of the first clip; each one starts a second after the previous.</summary>
    public static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly ConcurrentDictionary<int, int> _answers = new();
    private long _next;

    public ConcurrentBag<SentClip> Sent { get; } = [];

    /// <summary>Answers other than 2xx: status and count; status 0 counts broken connections.</summary>
    public IReadOnlyDictionary<int, int> Refused => _answers;

    /// <param name="count">Maximum number of clips.</param>
    /// <param name="rate">Maximum clips a second, all cameras together.</param>
    /// <param name="enough">Once cancelled no new clip is started; those that were started are still delivered.</param>
    public async Task SendAsync(int count, double rate, CancellationToken enough)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(cameras.Select(c => Task.Run(() => OneAsync(c), CancellationToken.None)));

        async Task OneAsync(Camera camera)
        {
            while (!enough.IsCancellationRequested && Interlocked.Increment(ref _next) - 1 is var number && number < count)
            {
                // Each clip has a due time. Clips that are late are sent as fast as possible.
                var due = TimeSpan.FromSeconds(number / rate) - TimeProvider.System.GetElapsedTime(started);
                if (due > TimeSpan.Zero && !await WaitAsync(due))
                    return;
                await UploadAsync(camera, number);
            }
        }

        async Task<bool> WaitAsync(TimeSpan due)
        {
            try
            {
                await Task.Delay(due, enough);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task UploadAsync(Camera camera, long number)
    {
        var bytes = clips(number, camera.Id);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        for (var tries = 1; ; tries++)
        {
            using var form = new MultipartFormDataContent();
            using var clip = new ByteArrayContent(bytes);
            clip.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
            using var captured = new StringContent(Begin.AddSeconds(number).ToString("O", CultureInfo.InvariantCulture));
            form.Add(captured, "captured_at");
            form.Add(clip, "video_clip", $"{number}.mp4");
            var ingestion = ingestions[(int)((number + tries) % ingestions.Count)];
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(ingestion, "ingest/video")) { Content = form };
            request.Headers.TryAddWithoutValidation("X-Camera-Key", camera.Key);
            var status = 0;
            try
            {
                using var response = await _http.SendAsync(request);
                status = (int)response.StatusCode;
                if (response.IsSuccessStatusCode)
                {
                    using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                    Sent.Add(new SentClip(number, camera.Id, body.RootElement.GetProperty("clip_id").GetString()!, sha256, tries));
                    return;
                }

                // A permanently refused clip would never be delivered, and these cameras send no invalid clips.
                if (status is >= 400 and < 500 and not 401 and not 408 and not 429)
                    throw new InvalidOperationException($"A good clip is refused: {status} {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // Killed, frozen or disconnected: the camera cannot know whether the clip was accepted, so it sends it again.
            }

            _answers.AddOrUpdate(status, 1, (_, n) => n + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(100 + Random.Shared.Next(400)));
        }
    }
}
