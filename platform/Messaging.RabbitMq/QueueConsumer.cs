using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Siaga.Primitives;

namespace Siaga.Messaging.RabbitMq;

/// <summary>What a consumer needs.</summary>
/// <param name="Link">The connection to the server.</param>
/// <param name="Names">The queue's names on the server.</param>
/// <param name="Subscription">Holds the concurrency.</param>
/// <param name="Settle">Handles and settles a message, given its channel, delivery tag and lane; never throws.</param>
/// <param name="Options">Holds the timeouts.</param>
/// <param name="Tools">Record failures.</param>
internal sealed record Consumption(
    Link Link, QueueNames Names, Subscription Subscription, Func<Envelope, IChannel, ulong, string, Task> Settle, RabbitMqOptions Options,
    (IOutageLog Outages, ILogger Logger) Tools);

/// <summary>
/// The endless loop of one consumer of one queue; it reconnects after a failure. Subclasses decide how messages are received.
/// </summary>
internal abstract partial class QueueConsumer(Consumption consumption) : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);

    private readonly string _work = $"queue {consumption.Subscription.Queue}";
    private readonly ILogger _logger = consumption.Tools.Logger;
    private int _failures;

    protected Consumption Consumption { get; } = consumption;

    /// <summary>One slot for each message that may be handled at once.</summary>
    protected SemaphoreSlim Hands { get; } = new(consumption.Subscription.Concurrency);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            IConnection? connection = null;
            try
            {
                connection = await Consumption.Link.GetAsync(cancellationToken);
                await ServeAsync(connection, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Handlers in progress continue, although the broker delivers their messages again.
                if (e.MeansAway())
                    Consumption.Tools.Outages.Failed(BrokerUnavailableException.Code, _work, e);
                else if (_failures == 0)
                    LogFailure(e, Consumption.Subscription.Queue);
                _failures++;
                if (connection is not null && e is TimeoutException or OperationCanceledException)
                    await Link.DropAsync(connection!);
                await Task.Delay(Pause(_failures), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DrainAsync();
    }

    public void Dispose()
    {
        Hands.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>
    /// Receives messages until something fails or the token is cancelled; then keeps its channels
    /// open until <see cref="DrainAsync"/> completes.
    /// </summary>
    protected abstract Task ServeAsync(IConnection connection, CancellationToken cancellationToken);

    /// <summary>Records that messages are being received.</summary>
    protected void Consuming()
    {
        _failures = 0;
        Consumption.Tools.Outages.Worked(_work);
    }

    /// <summary>
    /// Starts handling a message whose slot is already taken. Runs apart from the thread that keeps
    /// the connection alive, however long it takes.
    /// </summary>
    protected void Handle(Envelope message, IChannel channel, ulong tag, string lane) => _ = Task.Run(
        async () =>
        {
            try
            {
                await Consumption.Settle(message, channel, tag, lane);
            }
            finally
            {
                Hands.Release();
            }
        },
        CancellationToken.None);

    /// <summary>Waits until every handler has settled its message and freed its slot.</summary>
    protected async Task DrainAsync()
    {
        for (var i = 0; i < Consumption.Subscription.Concurrency; i++)
            await Hands.WaitAsync(CancellationToken.None);
        Hands.Release(Consumption.Subscription.Concurrency);
    }

    private static TimeSpan Pause(int failures)
    {
        var doubled = s_firstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        return (doubled < s_longestPause ? doubled : s_longestPause) * (0.5 + Random.Shared.NextDouble());
    }

    [LoggerMessage(1402, LogLevel.Warning, "RabbitMQ's queue {Queue} cannot be consumed; this is retried until it works")]
    private partial void LogFailure(Exception exception, string queue);
}
