using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Siaga.Primitives;

namespace Siaga.Messaging.RabbitMq;

/// <summary>Who may consume: how many messages are in hand, and what each is settled with.</summary>
/// <param name="Link">To the server.</param>
/// <param name="Names">The queue.</param>
/// <param name="Subscription">How many at once.</param>
/// <param name="Settle">Of a message, the channel it came by, its tag there and its lane; never throws.</param>
/// <param name="Options">How long is waited.</param>
/// <param name="Tools">For what goes wrong.</param>
internal sealed record Consumption(
    Link Link, QueueNames Names, Subscription Subscription, Func<Envelope, IChannel, ulong, string, Task> Settle, RabbitMqOptions Options,
    (IOutageLog Outages, ILogger Logger) Tools);

/// <summary>The loop of one consumer of one queue, for ever: a server that is away comes back. How messages are got is for those who derive.</summary>
internal abstract partial class QueueConsumer(Consumption consumption) : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);

    private readonly string _work = $"queue {consumption.Subscription.Queue}";
    private readonly ILogger _logger = consumption.Tools.Logger;
    private int _failures;

    protected Consumption Consumption { get; } = consumption;

    /// <summary>A hand for each message that may be worked on at once.</summary>
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
                // What is in hand goes on; the broker delivers it again.
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

    /// <summary>Takes messages until something fails or the token says stop; then it keeps its channels until <see cref="DrainAsync"/> is through.</summary>
    protected abstract Task ServeAsync(IConnection connection, CancellationToken cancellationToken);

    /// <summary>Messages come now.</summary>
    protected void Consuming()
    {
        _failures = 0;
        Consumption.Tools.Outages.Worked(_work);
    }

    /// <summary>Starts the work on a message for which a hand is taken, off the thread that keeps the connection alive, however long it takes.</summary>
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

    /// <summary>Whoever holds a message gives its hand back when it has settled it.</summary>
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

    [LoggerMessage(1402, LogLevel.Warning, "RabbitMQ's queue {Queue} cannot be consumed now; it is tried until it can")]
    private partial void LogFailure(Exception exception, string queue);
}
