using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Messaging;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Messaging.RabbitMq;

/// <summary>RabbitMQ short of disk answers every query but accepts no message, which must not look healthy.</summary>
public sealed class AlarmTests : IAsyncDisposable
{
    private const string LowOnDisk = "its alarm: low on disk";

    private static readonly Topology s_topology = new(
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["clip"] = ["work"] })
    {
        FairQueues = ["work"],
    };

    private readonly string _prefix = $"t{Guid.NewGuid():N}.";
    private readonly List<RabbitMqBroker> _open = [];
    private readonly Heard _heard = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var broker in _open)
            await broker.DisposeAsync();
        await (await KeptServer.RabbitAsync()).EndAlarmAsync();
    }

    [Fact]
    public async Task A_process_that_publishes_nothing_learns_of_the_alarm_and_of_its_end()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        Assert.Null(await broker.FindBlockAsync(default));
        await server.RaiseAlarmAsync();
        Assert.Equal(LowOnDisk, await broker.FindBlockAsync(default));
        Assert.Equal(LowOnDisk, await broker.FindBlockAsync(default));
        Assert.NotEmpty(await broker.GetQueuesAsync(default));

        // A second broker, started during the alarm.
        Assert.Equal(LowOnDisk, await (await OpenAsync()).FindBlockAsync(default));
        await server.EndAlarmAsync();
        await UntilAsync("the end is heard", async () => await broker.FindBlockAsync(default) is null);
        Assert.Equal(
            1, _heard.Count("RabbitMQ takes no messages: low on disk. They wait in the databases until it takes them again", broker));
        Assert.Equal(1, _heard.Count("RabbitMQ takes messages again after", broker));
    }

    [Fact]
    public async Task What_is_published_meanwhile_is_refused_with_the_reason_and_goes_out_once_when_it_is_over()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        await PublishAsync(broker, "before");
        await server.RaiseAlarmAsync();
        for (var tries = 0; tries < 3; tries++)
        {
            var refused = await Assert.ThrowsAsync<BrokerUnavailableException>(() => PublishAsync(broker, "meanwhile"));
            Assert.Contains("low on disk", refused.Message, StringComparison.Ordinal);
        }

        await server.EndAlarmAsync();
        await UntilAsync("it is taken", async () =>
        {
            try
            {
                await PublishAsync(broker, "after");
                return true;
            }
            catch (BrokerUnavailableException)
            {
                return false;
            }
        });
        Assert.Null(await broker.FindBlockAsync(default));

        // Of three attempts only the first was sent; it stayed unread until the alarm ended. A
        // relay's next attempt would be the second copy.
        using var stop = new CancellationTokenSource();
        var got = new ConcurrentQueue<string>();
        var consuming = broker.ConsumeAsync(new Subscription("work"), (d, _) =>
        {
            got.Enqueue(d.Id);
            return Task.FromResult(HandlingResult.Done);
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await UntilAsync("all are delivered", () => Task.FromResult(got.Contains("after") && got.Contains("before")));
        await stop.CancelAsync();
        await consuming;
        Assert.InRange(got.Count(id => id == "meanwhile"), 0, 1);
    }

    [Fact]
    public async Task Consumers_go_on_during_the_alarm()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        await PublishAsync(broker, "a");
        await server.RaiseAlarmAsync();
        Assert.Equal(LowOnDisk, await broker.FindBlockAsync(default));
        using var stop = new CancellationTokenSource();
        var got = new ConcurrentQueue<string>();
        var consuming = broker.ConsumeAsync(new Subscription("work"), (d, _) =>
        {
            got.Enqueue(d.Id);
            return Task.FromResult(HandlingResult.Done);
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await UntilAsync(
            "it is handled and settled",
            async () => !got.IsEmpty && (await broker.GetQueuesAsync(default)).All(q => q.Waiting + q.InHand == 0));
        await stop.CancelAsync();
        await consuming;
    }

    [Fact]
    public async Task A_restart_of_the_server_ends_its_alarm_and_that_is_found_out_and_an_alarm_is_never_a_server_that_is_away()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        await server.RaiseAlarmAsync();
        Assert.Equal(LowOnDisk, await broker.FindBlockAsync(default));
        await server.KillAsync();
        await UntilAsync("it is away", async () => await FindAsync(broker) == "away");
        await server.StartAgainAsync();
        await UntilAsync("it takes messages", async () => await FindAsync(broker) is null);
        await PublishAsync(broker, "after");
    }

    private static async Task<string?> FindAsync(RabbitMqBroker broker)
    {
        try
        {
            return await broker.FindBlockAsync(default);
        }
        catch (BrokerUnavailableException)
        {
            return "away";
        }
    }

    private static Task PublishAsync(RabbitMqBroker broker, string id) =>
        broker.PublishAsync([new OutgoingMessage(id, "clip", "{}"u8.ToArray(), "7", null)], default);

    private static Task UntilAsync(string condition, Func<Task<bool>> holds) =>
        Eventually.TrueAsync(condition, holds, TimeSpan.FromMinutes(2));

    private async Task<RabbitMqBroker> OpenAsync()
    {
        var options = new RabbitMqOptions
        {
            Url = (await KeptServer.RabbitAsync()).Address, Prefix = _prefix, Patience = TimeSpan.FromSeconds(4),
            Heartbeat = TimeSpan.FromSeconds(2),
        };
        var logger = new Heard.Logger();
        var broker = new RabbitMqBroker(options, s_topology, TimeProvider.System, new QuietOutages(), logger);
        _heard.Loggers[broker] = logger;
        _open.Add(broker);
        return broker;
    }

    /// <summary>Collects what each broker logs.</summary>
    private sealed class Heard
    {
        public ConcurrentDictionary<RabbitMqBroker, Logger> Loggers { get; } = new();

        public int Count(string start, RabbitMqBroker broker) =>
            Loggers[broker].Lines.Count(l => l.StartsWith(start, StringComparison.Ordinal));

        public sealed class Logger : ILogger<RabbitMqBroker>
        {
            public ConcurrentQueue<string> Lines { get; } = new();

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                Lines.Enqueue(formatter(state, exception));
        }
    }
}
