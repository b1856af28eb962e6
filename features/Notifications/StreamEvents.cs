using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Notifications;

/// <summary>
/// Streams events as they happen (SSE). A client that reconnects with <c>Last-Event-ID</c> gets what it missed. Each
/// stream reads the database at its own pace, in its caller's scope, and ends with the caller's session or token.
/// </summary>
internal static class StreamEvents
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/events", HandleAsync).HoldsSecret()
        .Describe(
            "Events",
            "Receive events as they happen",
            "Server-sent events: `event: anomaly`, `data:` one item of the anomalies' list; `event: anomaly_changed`, `data:` its `id`, "
            + "`camera_id`, `status` and `resolution`, after a decision; `event: camera_moved`, `data:` the camera and when. "
            + "It ends with the session.")
        .Reads(
            new QueryParameter(
                "Last-Event-ID", ParameterKind.Number, "The last event that you got; what came after it is sent first.")
            {
                IsHeader = true,
                Range = (0, long.MaxValue),
            },
            new QueryParameter("last_event_id", ParameterKind.Number, "The same, where headers cannot be set.")
            {
                Range = (0, long.MaxValue),
            })
        .AnswersText(200, ": welcome\n\nid: 12\nevent: anomaly\ndata: {\"id\":120}\n\n", "text/event-stream", "The stream.")
        .Fails(400, "last_event_id_invalid").Fails(503, "too_many_streams");

    private static async Task HandleAsync(HttpContext context, Caller caller, EventStreams streams)
    {
        if (LastEventId(context) is not { } lastEventId)
        {
            var error = new Error(ErrorKind.Invalid, "last_event_id_invalid", "'Last-Event-ID' must be the number of an event.");
            await Problems.WriteAsync(context, error);
            return;
        }

        if (!await streams.RunAsync(context, caller, lastEventId))
        {
            var error = new Error(ErrorKind.Unavailable, "too_many_streams", "Too many streams are open; try again later.");
            await Problems.WriteAsync(context, error);
        }
    }

    /// <returns>-1: only events from now on. Null: not a number.</returns>
    internal static long? LastEventId(HttpContext context)
    {
        var text = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header] ? header
            : context.Request.Query["last_event_id"] is [{ Length: > 0 } query] ? query : null;
        if (text is null)
            return -1;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}

/// <summary>The streams that are open in this process.</summary>
internal sealed class EventStreams(
    EventFeed feed,
    IServiceScopeFactory scopes,
    IEnumerable<ISessions> sessions,
    EventLinks links,
    IOptions<NotificationsOptions> options,
    EventClock clock)
{
    private const int BatchSize = 100;

    // The stream of a revoked session or an expired token is closed at most this much later; nothing is sent in the meantime.
    private static readonly TimeSpan s_sessionCheck = TimeSpan.FromSeconds(2);

    private int _open;

    /// <summary>Sends events until the client leaves, its session ends or the server stops.</summary>
    /// <returns>False: there was no room, and nothing was sent.</returns>
    public async Task<bool> RunAsync(HttpContext context, Caller caller, long lastEventId)
    {
        if (Interlocked.Increment(ref _open) > options.Value.MaxStreams)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        try
        {
            using var end = clock.EndWith(context.RequestAborted);

            // The starting point must be known before the client learns that its stream is open.
            var newest = await NewestAsync(caller, end.Token);
            await BeginAsync(context.Response, end.Token);
            await SendAllAsync(context, caller, lastEventId < 0 ? newest : Math.Min(lastEventId, newest), end.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left or the server stops: both are normal.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }

        return true;
    }

    private static async Task BeginAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync(": welcome\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private async Task SendAllAsync(HttpContext context, Caller caller, long seen, CancellationToken cancellationToken)
    {
        var looked = -1L;
        var lastSent = clock.Now;
        while (clock.Now < caller.ExpiresAt && await IsActiveAsync(caller, cancellationToken))
        {
            // All events up to this one are handled once the batches below run dry.
            var upTo = feed.Newest;
            if (upTo > looked)
            {
                while (await SendBatchAsync(context, caller, seen, cancellationToken) is { } last)
                {
                    seen = last;
                    lastSent = clock.Now;
                }

                looked = upTo;
            }

            if (clock.Now - lastSent >= options.Value.Heartbeat)
            {
                await context.Response.WriteAsync(":\n\n", cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                lastSent = clock.Now;
            }

            await clock.AtMostAsync(feed.AboveAsync(looked), Shorter(s_sessionCheck, options.Value.Heartbeat), cancellationToken);
        }
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private async Task<bool> IsActiveAsync(Caller caller, CancellationToken cancellationToken)
    {
        foreach (var store in sessions)
        {
            if (!await store.IsActiveAsync(caller.SessionId, cancellationToken))
                return false;
        }

        return true;
    }

    private async Task<long> NewestAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(caller);
        return await scope.ServiceProvider.GetRequiredService<BackendDb>().Set<Event>().MaxAsync(e => (long?)e.Id, cancellationToken) ?? 0;
    }

    /// <returns>The last event's number; null when there is none.</returns>
    private async Task<long?> SendBatchAsync(HttpContext context, Caller caller, long seen, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(caller);
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var batch = await db.Set<Event>().AsNoTracking().Where(e => e.Id > seen)
            .OrderBy(e => e.Id).Take(BatchSize).ToListAsync(cancellationToken);
        if (batch.Count == 0)
            return null;
        var renderers = scope.ServiceProvider.GetServices<IEventRenderer>().ToDictionary(r => r.Kind, StringComparer.Ordinal);
        var publicBase = links.BaseOf(context);
        foreach (var e in batch)
        {
            if (renderers.GetValueOrDefault(e.Kind) is { } renderer
                && await renderer.RenderAsync(e.SubjectId, publicBase, cancellationToken) is { } json)
            {
                if (renderer.HasLinks)
                    links.Issue(e);
                await context.Response.WriteAsync($"id: {e.Id}\nevent: {e.Kind}\ndata: {json}\n\n", cancellationToken);
            }
        }

        await context.Response.Body.FlushAsync(cancellationToken);
        return batch[^1].Id;
    }

    private AsyncServiceScope ScopeOf(Caller caller)
    {
        var scope = scopes.CreateAsyncScope();
        caller.Claim(scope.ServiceProvider.GetRequiredService<CompanyScope>());
        return scope;
    }
}

/// <summary>The URLs in events, and the audit of who received them.</summary>
internal sealed class EventLinks(PublicUrls addresses, IAccessLog log)
{
    public string BaseOf(HttpContext context) => addresses.BaseOf(context);

    public void Issue(Event e) => log.LinksIssued(e.CompanyId, $"anomalies/{e.SubjectId}");
}

/// <summary>The clock of streams, and when they must end.</summary>
internal sealed class EventClock(TimeProvider time, IHostApplicationLifetime lifetime)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Cancelled when the client leaves or the server stops.</summary>
    public CancellationTokenSource EndWith(CancellationToken aborted) =>
        CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);

    public async Task AtMostAsync(Task task, TimeSpan limit, CancellationToken cancellationToken) =>
        await task.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
