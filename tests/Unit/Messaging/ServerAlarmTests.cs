using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Messaging;

public sealed class ServerAlarmTests
{
    private readonly HeardLog<ServerAlarmTests> _log = new();
    private readonly ServerAlarm _alarm;
    private readonly IConnection _connection = FakeConnection.Open();

    public ServerAlarmTests()
    {
        _alarm = new ServerAlarm(new FakeTimeProvider(), _log);
        _alarm.Watch(_connection);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_an_alarm_a_connection_is_not_blocked()
    {
        Assert.False(_alarm.Blocks(_connection));
        Assert.Null(_alarm.Reason);
        Assert.True(_alarm.WaitAsync(_connection, Cancelled).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_alarm_blocks_the_connection_that_it_was_reported_on_until_it_ends()
    {
        await RaiseAsync("low on disk");
        var (waiting, other) = (_alarm.WaitAsync(_connection, Cancelled), FakeConnection.Open());
        Assert.Equal((true, false, "low on disk"), (_alarm.Blocks(_connection), _alarm.Blocks(other), _alarm.Reason!));
        Assert.True(_alarm.WaitAsync(other, Cancelled).IsCompletedSuccessfully);
        Assert.False(waiting.IsCompleted);
        await EndAsync();
        await waiting;
        Assert.False(_alarm.Blocks(_connection));
        Assert.Equal([1403, 1404], _log.Events);
    }

    [Fact]
    public async Task A_connection_that_is_closed_is_not_blocked()
    {
        await RaiseAsync("low on disk");
        ((FakeConnection)_connection).IsClosed = true;
        Assert.False(_alarm.Blocks(_connection));
    }

    [Fact]
    public async Task One_who_waits_for_an_alarm_hears_of_it()
    {
        var raised = _alarm.RaisedOnAsync(_connection, Cancelled);
        Assert.False(raised.IsCompleted);
        await RaiseAsync("low on memory");
        await raised;
        Assert.True(_alarm.RaisedOnAsync(_connection, Cancelled).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_confirm_on_another_connection_ends_the_alarm_and_one_on_the_blocked_connection_does_not()
    {
        await RaiseAsync("low on disk");
        _alarm.Confirmed(_connection);
        Assert.NotNull(_alarm.Reason);
        _alarm.Confirmed(FakeConnection.Open());
        Assert.Null(_alarm.Reason);
    }

    [Fact]
    public async Task An_alarm_that_is_repeated_is_one()
    {
        await RaiseAsync("low on disk");
        var waiting = _alarm.WaitAsync(_connection, Cancelled);
        await RaiseAsync("low on memory");
        Assert.Equal("low on memory", _alarm.Reason);
        await EndAsync();
        await EndAsync();
        await waiting;
        Assert.Equal([1403, 1404], _log.Events);
    }

    private Task RaiseAsync(string reason) => ((FakeConnection)_connection).Blocked!(_connection, new ConnectionBlockedEventArgs(reason));

    private Task EndAsync() => ((FakeConnection)_connection).Unblocked!(_connection, new AsyncEventArgs());

    /// <summary>An open connection that reports alarms when it is told to, and can do nothing else.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
    internal class FakeConnection : DispatchProxy
    {
        public AsyncEventHandler<ConnectionBlockedEventArgs>? Blocked { get; private set; }

        public AsyncEventHandler<AsyncEventArgs>? Unblocked { get; private set; }

        public bool IsClosed { get; set; }

        public static IConnection Open() => Create<IConnection, FakeConnection>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case "get_IsOpen":
                    return !IsClosed;
                case "add_ConnectionBlockedAsync":
                    Blocked = (AsyncEventHandler<ConnectionBlockedEventArgs>)args![0]!;
                    return null;
                case "add_ConnectionUnblockedAsync":
                    Unblocked = (AsyncEventHandler<AsyncEventArgs>)args![0]!;
                    return null;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }
    }
}
