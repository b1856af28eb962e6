using System.Net;
using System.Net.ServerSentEvents;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Watch;

/// <param name="Kind">The kind of the event, such as <c>anomaly</c>.</param>
/// <param name="Data">The event's JSON.</param>
public sealed record ServerEvent(string Kind, string Data);

/// <summary>
/// Receives the server's events while a user is signed in. After a lost connection it reconnects with the number of the last event, so that
/// the server sends what was missed. A stream counts as dead when it is silent for longer than two of the server's heartbeats.
/// </summary>
public sealed class EventStream(ApiClient api, SessionState session, TimeProvider time)
{
    private const string LastEventId = "Last-Event-ID";

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(8);

    private string? _last;

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="opened">Awaited at each connection's first bytes, before its first event.</param>
    /// <param name="heard">Awaited for each event; the next connection starts after the last event that it has handled.</param>
    /// <param name="lost">Called when a connection is lost or cannot be made.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
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
                // The network or the server failed, or the stream fell silent: try again.
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
        using var opening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        opening.CancelAfter(s_silence);
        using var response = await api.OpenAsync(
            "/api/events", headers => headers.TryAddWithoutValidation(LastEventId, _last), opening.Token);

        // The response goes on watching the token; from here each read has its own limit.
        opening.CancelAfter(Timeout.InfiniteTimeSpan);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            await session.RenewAsync();
            return;
        }

        response.EnsureSuccessStatusCode();
        var isOpen = false;
        var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var stream = new SilenceTimeoutStream(content, s_silence, ReceivedAsync);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            await heard(new ServerEvent(item.EventType, item.Data));
            _last = item.EventId ?? _last;
        }

        async ValueTask ReceivedAsync()
        {
            if (isOpen)
                return;
            isOpen = true;
            lives();
            await opened();
        }
    }
}
