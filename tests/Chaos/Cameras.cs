using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <param name="Number">Of all clips.</param>
/// <param name="CameraId">Whose it is.</param>
/// <param name="ClipId">As it was answered.</param>
/// <param name="Sha256">Of what was sent.</param>
/// <param name="Tries">Until the 2xx.</param>
internal sealed record SentClip(long Number, long CameraId, string ClipId, string Sha256, int Tries);

/// <summary>Cameras that send at a pace, and repeat an upload until it is answered 2xx, at whichever door is open.</summary>
internal sealed class Cameras(IReadOnlyList<Uri> doors, IReadOnlyList<Camera> cameras, Func<long, long, byte[]> clips) : IDisposable
{
    /// <summary>When the first clip was captured; each is a second after the one before.</summary>
    public static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(30) })
    {
        Timeout = TimeSpan.FromSeconds(20),
    };

    private readonly ConcurrentDictionary<int, int> _answers = new();
    private long _next;

    public ConcurrentBag<SentClip> Sent { get; } = [];

    /// <summary>Answers that were not 2xx, by status, and how often; 0 are broken connections.</summary>
    public IReadOnlyDictionary<int, int> Refused => _answers;

    /// <param name="count">Clips at most.</param>
    /// <param name="rate">Clips a second at most, of all cameras.</param>
    /// <param name="enough">No new clip is begun from here on; those begun are sent.</param>
    public async Task SendAsync(int count, double rate, CancellationToken enough)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(cameras.Select(c => Task.Run(() => OneAsync(c), CancellationToken.None)));

        async Task OneAsync(Camera camera)
        {
            while (!enough.IsCancellationRequested && Interlocked.Increment(ref _next) - 1 is var number && number < count)
            {
                // Each clip has its moment; what comes late is sent as fast as it goes.
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
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(doors[(int)((number + tries) % doors.Count)], "ingest/video")) { Content = form };
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

                // A clip that is refused for good would never arrive: that is not what these cameras send.
                if (status is >= 400 and < 500 and not 401 and not 408 and not 429)
                    throw new InvalidOperationException($"A good clip is refused: {status} {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // Killed, frozen or cut under it: the camera does not know whether it was taken, and sends it again.
            }

            _answers.AddOrUpdate(status, 1, (_, n) => n + 1);
            await Task.Delay(TimeSpan.FromMilliseconds(100 + Random.Shared.Next(400)));
        }
    }
}
