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

    private readonly CancellationTokenSource _stop = new();
    private bool _isRunning;

    /// <summary>Runs the loop until this is disposed. Each consumer calls it: a process that only publishes needs no loop.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _isRunning, true))
            return;
        var stopping = _stop.Token;
        _ = Task.Run(() => RunAsync(stopping), CancellationToken.None);
    }

    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _stop.Dispose();
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
}
