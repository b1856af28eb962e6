using System.Globalization;
using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Logs an outage once instead of every failure. An outage begins with the first failure and ends when all its work has succeeded again, or
/// is no longer attempted, and nothing has failed for a while. A dependency that comes and goes every few seconds is one outage.
/// </summary>
internal sealed partial class OutageLog(IEnumerable<IFailureMapper> mappers, TimeProvider time, ILogger<OutageLog> logger)
    : IOutageLog, IDisposable
{
    private const int MostWorkNamed = 8;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_summary = TimeSpan.FromMinutes(1);

    // Work that is no longer attempted must not keep an outage open for ever.
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Outage> _open = new(StringComparer.Ordinal);
    private ITimer? _looking;
    private volatile bool _any;

    public bool Any => _any;

    public bool Expects(Exception exception, string work)
    {
        foreach (var mapper in mappers)
        {
            if (mapper.Map(exception) is not { } error)
                continue;
            if (error.Kind == ErrorKind.Unavailable)
                Failed(error.Code, work, exception.InOneLine());
            return error.Kind == ErrorKind.Unavailable;
        }

        return false;
    }

    public void Failed(string away, string work, string why)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_open.TryGetValue(away, out var outage))
            {
                outage.Count(work, why, now);
                return;
            }

            _open[away] = new Outage(work, why, now);
            _any = true;
            _looking ??= time.CreateTimer(_ => Look(), null, s_look, s_look);
        }

        LogBegun(away, work, why);
    }

    public void Worked(string work)
    {
        if (!_any)
            return;
        lock (_gate)
        {
            foreach (var outage in _open.Values)
                outage.Worked(work, time.GetTimestamp());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _looking?.Dispose();
            foreach (var (away, outage) in _open)
                Summarise(away, outage, time.GetTimestamp());
            _open.Clear();
        }
    }

    /// <summary>Logs the end of outages that are over, and a summary of the others.</summary>
    private void Look()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var (away, outage) in _open.ToList())
            {
                if (IsOver(outage, now))
                {
                    _open.Remove(away);
                    LogOver(away, Seconds(outage.BeganAt, outage.EndedAt), outage.Failures);
                }
                else if (time.GetElapsedTime(outage.SaidAt, now) >= s_summary)
                {
                    Summarise(away, outage, now);
                }
            }

            if (_open.Count > 0)
                return;
            _any = false;
            _looking?.Dispose();
            _looking = null;
        }
    }

    private bool IsOver(Outage outage, long now) =>
        time.GetElapsedTime(outage.FailedAt, now) >= s_calm
        && outage.Work.Values.Any(w => w.WorkedAt is not null)
        && outage.Work.Values.All(w => w.WorkedAt is not null || time.GetElapsedTime(w.FailedAt, now) >= s_forgotten);

    private void Summarise(string away, Outage outage, long now)
    {
        var failed = outage.Work.Where(w => w.Value.Unsaid > 0).OrderByDescending(w => w.Value.Unsaid).ToList();
        if (failed.Count == 0)
            return;
        var named = failed.Take(MostWorkNamed).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}: {w.Value.Unsaid}"));
        var work = string.Join(", ", named) + (failed.Count > MostWorkNamed ? ", and others" : "");
        LogGoesOn(away, Seconds(outage.BeganAt, now), failed.Sum(w => w.Value.Unsaid), Seconds(outage.SaidAt, now), work, outage.Why);
        outage.Said(now);
    }

    private long Seconds(long from, long to) => (long)Math.Round(time.GetElapsedTime(from, to).TotalSeconds);

    [LoggerMessage(1001, LogLevel.Warning, "{Away}: {Work} failed: {Why}. Further failures are counted and logged once a minute")]
    private partial void LogBegun(string away, string work, string why);

    [LoggerMessage(1002, LogLevel.Warning, "{Away} for {Seconds} s: {Count} failed in the last {LastSeconds} s ({Work}): {Why}")]
    private partial void LogGoesOn(string away, long seconds, long count, long lastSeconds, string work, string why);

    [LoggerMessage(1003, LogLevel.Information, "{Away} ended after {Seconds} s: {Count} failed")]
    private partial void LogOver(string away, long seconds, long count);

    /// <summary>All timestamps are of the <see cref="TimeProvider"/>.</summary>
    private sealed class Outage
    {
        public Outage(string work, string why, long now)
        {
            (BeganAt, SaidAt) = (now, now);
            Count(work, why, now);

            // The first failure is logged when the outage begins.
            Work[work].Unsaid = 0;
        }

        public long BeganAt { get; }

        public long SaidAt { get; private set; }

        public long FailedAt { get; private set; }

        public long Failures { get; private set; }

        public string Why { get; private set; } = "";

        public Dictionary<string, FailingWork> Work { get; } = new(StringComparer.Ordinal);

        /// <summary>When the last of its work succeeded again.</summary>
        public long EndedAt => Math.Max(FailedAt, Work.Values.Max(w => w.WorkedAt ?? 0));

        public void Count(string work, string why, long now)
        {
            if (!Work.TryGetValue(work, out var failing))
                Work[work] = failing = new FailingWork();
            (failing.FailedAt, failing.WorkedAt) = (now, null);
            failing.Unsaid++;
            (FailedAt, Why) = (now, why);
            Failures++;
        }

        public void Worked(string work, long now)
        {
            if (Work.TryGetValue(work, out var failing))
                failing.WorkedAt ??= now;
        }

        public void Said(long now)
        {
            SaidAt = now;
            foreach (var work in Work.Values)
                work.Unsaid = 0;
        }
    }

    private sealed class FailingWork
    {
        public long FailedAt { get; set; }

        /// <summary>The first success since the last failure.</summary>
        public long? WorkedAt { get; set; }

        public long Unsaid { get; set; }
    }
}
