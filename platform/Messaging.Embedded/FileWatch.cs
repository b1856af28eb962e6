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
    BrokerFile file,
    Leases leases,
    EmbeddedBrokerOptions options,
    TimeProvider time,
    Action changed,
    (IOutageLog Outages, ILogger Logger) tools) : IDisposable
{
    private const string Work = "embedded broker";

    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_deadCheck = TimeSpan.FromSeconds(1);

    // The file system reports commits; this is for what it does not report.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger = tools.Logger;
    private bool _isRunning;
    private long _version = -1;
    private long _changedAt;
    private long _checkedAt;
    private long _renewedAt;
    private bool _othersHoldSome = true;

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
        _changedAt = _checkedAt = _renewedAt = time.GetTimestamp();
        var longest = s_longestWait < options.Lease / 3 ? s_longestWait : options.Lease / 3;
        using var wait = new CommitWait(options.Folder, options.Poll, longest);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await wait.WaitAsync(!_othersHoldSome && time.GetElapsedTime(_changedAt) > options.QuietAfter, cancellationToken))
                    _changedAt = time.GetTimestamp();
                await LookAsync(wait, cancellationToken);
                tools.Outages.Worked(Work);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is BrokerUnavailableException)
                    tools.Outages.Failed(BrokerUnavailableException.Code, Work, e);
                else
                    LogFailure(e);
                await Task.Delay(s_afterFailure, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CommitWait wait, CancellationToken cancellationToken)
    {
        var now = await file.VersionAsync(cancellationToken);
        if (now != _version)
            wait.Found();
        if (now != _version || time.GetElapsedTime(_checkedAt) >= s_deadCheck)
        {
            // A commit may have given another process a message, whose crash has to be noticed from now on.
            _checkedAt = time.GetTimestamp();
            _othersHoldSome = await leases.FreeDeadOwnersAsync(cancellationToken);
        }

        if (time.GetElapsedTime(_renewedAt) >= options.Lease / 3)
        {
            _renewedAt = time.GetTimestamp();
            await leases.RenewAsync(cancellationToken);
        }

        if (now == _version)
            return;
        (_version, _changedAt) = (now, time.GetTimestamp());
        changed();
    }

    [LoggerMessage(1302, LogLevel.Error, "The embedded broker's file cannot be watched; this will be retried")]
    private partial void LogFailure(Exception exception);
}
