using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Tracks whether the server accepts messages. A server that is short of disk or memory stops reading from a connection as soon as it
/// publishes, and reports that on this connection only: connections that do not publish learn nothing.
/// </summary>
internal sealed partial class ServerAlarm(TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _raised = NewSource();
    private TaskCompletionSource _over = NewSource();
    private IConnection? _blocked;
    private string? _reason;
    private long _since;

    /// <summary>The resource that the server is short of, such as <c>low on disk</c>; null when no alarm is known.</summary>
    public string? Reason
    {
        get
        {
            lock (_gate)
                return _reason;
        }
    }

    /// <summary>Subscribes to alarms on a publishing connection.</summary>
    public void Watch(IConnection connection)
    {
        connection.ConnectionBlockedAsync += (_, e) =>
        {
            Raise(connection, e.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            End();
            return Task.CompletedTask;
        };
    }

    /// <summary>True while the server does not read from this connection. A new connection has to find out for itself.</summary>
    public bool Blocks(IConnection connection)
    {
        lock (_gate)
            return _reason is not null && connection.IsOpen && ReferenceEquals(_blocked, connection);
    }

    /// <summary>Completes when the server reports on this connection that it stops reading.</summary>
    public async Task RaisedOnAsync(IConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (Blocks(connection))
                    return;
                next = _raised.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when the server reads from this connection again.</summary>
    public Task WaitAsync(IConnection connection, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Blocks(connection) ? _over.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Called after a confirm: the alarm is over, unless one has been raised on this connection since.</summary>
    public void Confirmed(IConnection connection)
    {
        lock (_gate)
        {
            if (!Blocks(connection))
                End();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (_reason is null)
                return;
            (_blocked, _reason) = (null, null);
            _over.TrySetResult();
            LogOver((long)Math.Round(time.GetElapsedTime(_since).TotalSeconds));
        }
    }

    private void Raise(IConnection connection, string reason)
    {
        lock (_gate)
        {
            var isNew = _reason is null;
            (_blocked, _reason) = (connection, reason);
            _raised.TrySetResult();
            _raised = NewSource();
            if (!isNew)
                return;
            (_since, _over) = (time.GetTimestamp(), NewSource());
            LogRaised(reason);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1403, LogLevel.Warning, "RabbitMQ takes no messages: {Reason}. They wait in the databases until it takes them again")]
    private partial void LogRaised(string reason);

    [LoggerMessage(1404, LogLevel.Information, "RabbitMQ takes messages again after {Seconds} s")]
    private partial void LogOver(long seconds);
}
