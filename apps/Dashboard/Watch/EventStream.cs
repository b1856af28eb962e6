using System.Globalization;
using System.Net;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Watch;

/// <param name="Kind">Such as <c>anomaly</c>.</param>
/// <param name="Data">JSON.</param>
public sealed record ServerEvent(string Kind, string Data);

/// <summary>
/// Hears the server's events for as long as somebody is signed in, and comes back with the last number that it heard. A stream that is silent
/// for longer than two of the server's heartbeats is taken for dead.
/// </summary>
public sealed class EventStream(ApiClient api, SessionState session, TimeProvider time)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(8);

    private string? _last;

    /// <summary>Runs until it is stopped; <paramref name="opened"/> is awaited each time before the first event is told.</summary>
    public async Task RunAsync(Func<Task> opened, Func<ServerEvent, Task> heard, Action lost, CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(opened, heard, () => pause = s_firstPause, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // The network, the server, or a stream that fell silent: it is tried again.
            }

            if (cancellationToken.IsCancellationRequested)
                return;
            lost();
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task ListenAsync(Func<Task> opened, Func<ServerEvent, Task> heard, Action lives, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(s_silence);
        using var response = await api.OpenAsync("/api/events", headers => headers.TryAddWithoutValidation(LastEventId, _last), silence.Token);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            await session.RenewAsync();
            return;
        }

        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(silence.Token));
        var (id, kind, data) = ((string?)null, "", "");
        var isOpen = false;
        while (await reader.ReadLineAsync(silence.Token) is { } line)
        {
            silence.CancelAfter(s_silence);
            if (!isOpen)
            {
                isOpen = true;
                lives();
                await opened();
            }

            if (line.Length > 0)
            {
                Read(line, ref id, ref kind, ref data);
                continue;
            }

            if (data.Length > 0)
                await heard(new ServerEvent(kind, data));
            _last = id ?? _last;
            (id, kind, data) = (null, "", "");
        }
    }

    private static void Read(string line, ref string? id, ref string kind, ref string data)
    {
        if (line.StartsWith("id:", StringComparison.Ordinal) && long.TryParse(line.AsSpan(3).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            id = number.ToString(CultureInfo.InvariantCulture);
        else if (line.StartsWith("event:", StringComparison.Ordinal))
            kind = line[6..].Trim();
        else if (line.StartsWith("data:", StringComparison.Ordinal))
            data += line[5..].TrimStart();
    }
}
