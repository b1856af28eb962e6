using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Audit;

/// <summary>Collects who received links to clips, and writes it to the audit in batches.</summary>
internal sealed class AccessLog(IServiceScopeFactory scopes, IHttpContextAccessor accessor, TimeProvider time) : IAccessLog, IDisposable
{
    // Entries wait in memory while the database is down. Further ones are dropped: it then only matters that there were many.
    private const int MaxWaiting = 100_000;

    // The same person, address and target are noted once within this time.
    private static readonly TimeSpan s_same = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<AuditEntry> _waiting = new();
    private readonly ConcurrentDictionary<(long Actor, string? Address, string Target), DateTimeOffset> _told = new();

    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>Entries that are not written yet.</summary>
    internal int Waiting => _waiting.Count;

    public void LinksIssued(long companyId, string target)
    {
        if (accessor.HttpContext is not { } context || Caller.Of(context.User) is not { } caller || _waiting.Count >= MaxWaiting)
            return;
        var now = time.GetUtcNow();
        var key = (caller.UserId, context.Connection.RemoteIpAddress?.ToString(), target);
        if (_told.TryGetValue(key, out var told) && now - told < s_same)
            return;
        _told[key] = now;
        _waiting.Enqueue(new AuditEntry
        {
            CompanyId = companyId,
            At = now,
            Actor = caller.Email,
            ActorId = caller.UserId,
            Action = "links.issued",
            Target = target,
            Address = key.Item2,
        });
        if (_arrived.CurrentCount == 0)
            _arrived.Release();
    }

    /// <summary>Waits until there is an entry to write.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        _waiting.IsEmpty ? _arrived.WaitAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => _arrived.Dispose();

    /// <summary>One pass: writes the waiting entries.</summary>
    /// <returns>How many were written.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        // What is left in the table after the last entry goes with the next one.
        var oldest = time.GetUtcNow() - s_same;
        foreach (var (key, at) in _told)
        {
            if (at < oldest)
                _told.TryRemove(key, out _);
        }

        if (_waiting.IsEmpty)
            return 0;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CompanyScope>().SetAll("recording who received links");
        var db = scope.ServiceProvider.GetRequiredService<BackendDb>();
        var batch = _waiting.ToArray();
        db.AddRange(batch.AsEnumerable());
        await db.SaveChangesAsync(cancellationToken);
        for (var i = 0; i < batch.Length; i++)
            _waiting.TryDequeue(out _);
        return batch.Length;
    }
}

/// <summary>Runs <see cref="AccessLog"/> a second after an entry arrives, and once more when the server stops.</summary>
internal sealed partial class AccessLogService(AccessLog log, IOutageLog outages, TimeProvider time, ILogger<AccessLogService> logger)
    : BackgroundService
{
    private const string Work = "audit of links";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            await log.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // What follows in the same second is written with it.
            await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // A pass without entries does not ask the database, so it does not prove that the database is back.
                if (await log.RunOnceAsync(CancellationToken.None) > 0)
                    outages.Worked(Work);
                failures = 0;
            }
            catch (Exception e)
            {
                // The entries wait in memory until the database is back.
                if (!outages.Expects(e, Work) && failures++ % 60 == 0)
                    LogFailure(e);
            }
        }
    }

    [LoggerMessage(2201, LogLevel.Warning, "The recipients of links cannot be recorded; this will be retried")]
    private partial void LogFailure(Exception exception);
}
