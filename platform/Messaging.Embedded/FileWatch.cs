using Microsoft.Extensions.Logging;
using Siaga.Primitives;

namespace Siaga.Messaging.Embedded;

/// <summary>
/// One loop for all consumers of this process: notices commits of other processes and connections, renews this process's leases, and frees
/// the messages of crashed processes. So an idle queue costs nothing, however many there are.
/// </summary>
/// <param name="file">A connection of its own: SQLite's counter tells of every other connection's commits.</param>
/// <param name="leases">Of this process.</param>
/// <param name="changed">Called after a commit, and after messages were freed.</param>
internal sealed partial class FileWatch(
    BrokerFile file, Leases leases, EmbeddedBrokerOptions options, Action changed, IOutageLog outages, ILogger logger) : IDisposable
{
    private const string Work = "embedded broker";

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_deadCheck = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _joined;
    private CancellationTokenSource? _stop;

    /// <summary>Runs the loop until every caller has disposed what it got.</summary>
    public IDisposable Join()
    {
        lock (_gate)
        {
            if (_joined++ == 0)
            {
                _stop = new CancellationTokenSource();
                var token = _stop.Token;
                _ = Task.Run(() => RunAsync(token), CancellationToken.None);
            }
        }

        return new Membership(this);
    }

    public void Dispose()
    {
        lock (_gate)
            Stop();
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_joined == 0)
                Stop();
        }
    }

    private void Stop()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (version, sinceCheck, sinceRenewal) = (-1L, TimeSpan.Zero, TimeSpan.Zero);
        using var timer = new PeriodicTimer(options.Poll);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                (sinceCheck, sinceRenewal) = (sinceCheck + options.Poll, sinceRenewal + options.Poll);
                var now = await file.VersionAsync(cancellationToken);
                if (sinceCheck >= s_deadCheck)
                {
                    sinceCheck = TimeSpan.Zero;
                    await leases.FreeDeadOwnersAsync(cancellationToken);
                }

                if (sinceRenewal >= options.Lease / 3)
                {
                    sinceRenewal = TimeSpan.Zero;
                    await leases.RenewAsync(cancellationToken);
                }

                if (now != version)
                    changed();
                version = now;
                outages.Worked(Work);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is BrokerUnavailableException)
                    outages.Failed(BrokerUnavailableException.Code, Work, e);
                else
                    LogFailure(e);
                await Task.Delay(s_afterFailure, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(1302, LogLevel.Error, "The embedded broker's file cannot be watched; this will be retried")]
    private partial void LogFailure(Exception exception);

    private sealed class Membership(FileWatch watch) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                watch.Leave();
        }
    }
}
