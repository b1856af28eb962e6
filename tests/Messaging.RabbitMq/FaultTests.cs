using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Messaging.RabbitMq;

/// <summary>RabbitMQ killed, silent or gone; consumers that crash; and fairness between groups.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private static readonly Topology s_topology = new(
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["clip"] = ["work"] });

    private readonly string _prefix = $"t{Guid.NewGuid():N}.";
    private readonly List<RabbitMqBroker> _open = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _consuming = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_consuming);
        foreach (var broker in _open)
            await broker.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_killed_server_loses_nothing_and_everybody_comes_back_by_themselves()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        var handled = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Consume(broker, new Subscription("work") { Concurrency = 4 }, d =>
        {
            handled.AddOrUpdate(d.Id, 1, (_, n) => n + 1);
            return HandlingResult.Done;
        });
        for (var round = 0; round < 3; round++)
        {
            var sent = await PublishAllAsync(broker, $"{round}-before", 40);
            await server.KillAsync();
            await Assert.ThrowsAsync<BrokerUnavailableException>(() => PublishAsync(broker, "lost?", "7"));
            await server.StartAgainAsync();
            sent.AddRange(await PublishAllAsync(broker, $"{round}-after", 40));
            await UntilAsync("everything that was confirmed is delivered", () => sent.All(handled.ContainsKey));
        }
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_an_error_within_the_patience_and_works_again_afterwards()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = await OpenAsync();
        await PublishAsync(broker, "before", "7");
        await server.FreezeAsync();
        try
        {
            await Assert.ThrowsAsync<BrokerUnavailableException>(() => PublishAsync(broker, "silence", "7"))
                .WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            await server.ThawAsync();
        }

        await PublishAllAsync(broker, "after", 1);
        var handled = new ConcurrentQueue<string>();
        Consume(broker, new Subscription("work"), d =>
        {
            handled.Enqueue(d.Id);
            return HandlingResult.Done;
        });
        await UntilAsync("both are delivered", () => handled.Contains("before") && handled.Contains("after-0"));
    }

    [Fact]
    public async Task What_a_dead_consumer_held_is_delivered_at_once_as_a_second_attempt()
    {
        await PublishAsync(await OpenAsync(), "a", "7");
        await DieWithAsync("a");
        var seen = new ConcurrentQueue<Delivery>();
        Consume(await OpenAsync(), new Subscription("work"), d =>
        {
            seen.Enqueue(d);
            return HandlingResult.Done;
        });
        await UntilAsync("it is delivered", () => !seen.IsEmpty);
        var delivery = Assert.Single(seen);
        Assert.Equal((2, 1, 0), (delivery.Attempt, delivery.CrashCount, delivery.Failures));
    }

    [Fact]
    public async Task A_message_whose_every_delivery_kills_its_consumer_is_given_up_and_the_rest_flows()
    {
        var broker = await OpenAsync();
        await PublishAsync(broker, "poison", "7");
        var told = new ConcurrentQueue<string>();
        var subscription =
            new Subscription("work") { MaxDeaths = 3, FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(50) };
        for (var death = 0; death < 4; death++)
        {
            await DieWithAsync("poison", subscription);
            await PublishAsync(broker, $"innocent-{death}", "7");
        }

        var handled = new ConcurrentQueue<string>();
        Consume(broker, subscription, d =>
        {
            handled.Enqueue(d.Id);
            return HandlingResult.Done;
        }, told);
        await UntilAsync("it is a dead letter", () => broker.GetDeadLettersAsync(10, default).Result.Count == 1);
        await UntilAsync("the rest is handled", () => handled.Count == 4);
        var letter = Assert.Single(await broker.GetDeadLettersAsync(10, default));
        Assert.Equal(("poison", "work", "attempts_exhausted", 4), (letter.MessageId, letter.Queue, letter.Code, letter.Attempts));
        Assert.Contains("4 deliveries that ended with the process", Assert.Single(told), StringComparison.Ordinal);
        Assert.DoesNotContain("poison", handled);
    }

    [Fact]
    public async Task Failures_do_not_count_as_deaths_nor_deaths_as_failures()
    {
        var broker = await OpenAsync();
        await PublishAsync(broker, "a", "7");
        await DieWithAsync("a");
        var seen = new ConcurrentQueue<Delivery>();
        Consume(broker, new Subscription("work") { FirstDelay = TimeSpan.FromMilliseconds(5) }, d =>
        {
            seen.Enqueue(d);
            return d.Failures < 2 ? HandlingResult.Retry("not yet") : HandlingResult.Done;
        });
        await UntilAsync("it is done", () => seen.Count == 3);
        Assert.Equal([(2, 1, 0), (3, 1, 1), (4, 1, 2)], seen.Select(d => (d.Attempt, d.CrashCount, d.Failures)));
    }

    [Fact]
    public async Task A_message_that_waits_does_not_hold_up_those_behind_it()
    {
        var broker = await OpenAsync();
        await PublishAsync(broker, "slow", "7");
        var handled = new ConcurrentQueue<string>();
        Consume(broker, new Subscription("work"), d =>
        {
            handled.Enqueue(d.Id);
            return d is { Id: "slow", Attempt: 1 } ? HandlingResult.Retry("come back later", TimeSpan.FromSeconds(3)) : HandlingResult.Done;
        });
        await UntilAsync("it was tried", () => !handled.IsEmpty);
        await PublishAllAsync(broker, "quick", 20);
        await UntilAsync("it comes back", () => handled.Count == 22);
        Assert.Equal("slow", handled.Last());
    }

    [Fact]
    public async Task Ten_thousand_of_one_company_do_not_delay_another_companys_single_one()
    {
        var topology = s_topology with { FairQueues = ["work"] };
        var broker = await OpenAsync(topology);

        // The worst case: both groups hash to the same first lane.
        var choice = new LaneChoice(QueueNames.FairLanes);
        var small = Enumerable.Range(2, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture))
            .First(g => choice.LanesOf(g).First == choice.LanesOf("1").First);
        for (var batch = 0; batch < 100; batch++)
            await broker.PublishAsync([.. Enumerable.Range(0, 100).Select(i => Message($"{batch}-{i}", "1"))], default);

        // Another process, which does not know which group filled the lane.
        var other = await OpenAsync(topology);
        await PublishAsync(other, "the single one", small);
        var order = new ConcurrentQueue<string>();
        using var turns = new SemaphoreSlim(0);
        Consume(broker, new Subscription("work"), d =>
        {
            turns.Wait(_stop.Token);
            order.Enqueue(d.Id);
            return HandlingResult.Done;
        });
        Assert.InRange(await TasksUntilAsync("the single one", order, turns), 0, 5);

        // Another message that arrives while the flood is being handled.
        await PublishAsync(other, "a later one", small);
        Assert.InRange(await TasksUntilAsync("a later one", order, turns), 0, 20);
    }

    [Fact]
    public async Task A_worker_in_another_language_reads_plain_JSON_and_standard_properties()
    {
        var broker = await OpenAsync();
        var message = new OutgoingMessage(
            "id-1",
            "clip",
            "{\"video_path\":\"7/1.mp4\"}"u8.ToArray(),
            "7",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await broker.PublishAsync([message], default);
        var factory = new ConnectionFactory { Uri = (await KeptServer.RabbitAsync()).Address };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var got = await channel.BasicGetAsync(_prefix + "work", autoAck: true);
        Assert.NotNull(got);
        Assert.Equal("{\"video_path\":\"7/1.mp4\"}", Encoding.UTF8.GetString(got.Body.Span));
        Assert.Equal(
            ("id-1", "application/json", "clip", DeliveryModes.Persistent),
            (got.BasicProperties.MessageId, got.BasicProperties.ContentType, got.BasicProperties.Type, got.BasicProperties.DeliveryMode));
        Assert.Equal(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Encoding.UTF8.GetString((byte[])got.BasicProperties.Headers!["traceparent"]!));
        Assert.Equal(1, Convert.ToInt32(got.BasicProperties.Headers["siaga-version"], CultureInfo.InvariantCulture));
    }

    private static OutgoingMessage Message(string id, string group) => new(id, "clip", "{}"u8.ToArray(), group, null);

    private static Task PublishAsync(RabbitMqBroker broker, string id, string group) => broker.PublishAsync([Message(id, group)], default);

    /// <summary>Publishes as the relay does, repeating until confirmed.</summary>
    private static async Task<List<string>> PublishAllAsync(RabbitMqBroker broker, string name, int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{name}-{i}").ToList();
        await UntilAsync($"{name} is confirmed", () =>
        {
            try
            {
                broker.PublishAsync([.. ids.Select(id => Message(id, "7"))], default).GetAwaiter().GetResult();
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        });
        return ids;
    }

    private static Task UntilAsync(string condition, Func<bool> holds) => Eventually.TrueAsync(condition, holds, TimeSpan.FromMinutes(1));

    /// <summary>Lets the consumer handle one task after the other until it has handled this one.</summary>
    /// <returns>How many tasks were handled before it.</returns>
    private static async Task<int> TasksUntilAsync(string id, ConcurrentQueue<string> order, SemaphoreSlim turns)
    {
        for (var handled = 0; ; handled++)
        {
            var before = order.Count;
            turns.Release();
            await UntilAsync("the next task is handled", () => order.Count > before);
            if (order.Last() != id)
                continue;
            TestContext.Current.SendDiagnosticMessage($"Before {id} {handled} of the other company's 10,000 were handled.");
            return handled;
        }
    }

    private async Task<RabbitMqBroker> OpenAsync(Topology? topology = null)
    {
        var server = await KeptServer.RabbitAsync();
        var options = new RabbitMqOptions
        {
            Url = server.Address, Prefix = _prefix, Patience = TimeSpan.FromSeconds(4), Heartbeat = TimeSpan.FromSeconds(2),
            Poll = TimeSpan.FromMilliseconds(100),
        };
        var broker = new RabbitMqBroker(
            options, topology ?? s_topology, TimeProvider.System, new QuietOutages(), NullLogger<RabbitMqBroker>.Instance);
        _open.Add(broker);
        return broker;
    }

    private void Consume(
        RabbitMqBroker broker, Subscription subscription, Func<Delivery, HandlingResult> handle, ConcurrentQueue<string>? told = null) =>
        _consuming.Add(broker.ConsumeAsync(subscription, (d, _) => Task.FromResult(handle(d)), (_, reason, _) =>
        {
            told?.Enqueue(reason);
            return Task.CompletedTask;
        }, _stop.Token));

    /// <summary>A consumer that takes the message and vanishes like a killed process: its connection breaks without an answer.</summary>
    private async Task DieWithAsync(string id, Subscription? subscription = null)
    {
        var dying = await OpenAsync();
        var taken = new TaskCompletionSource();
        using var over = new CancellationTokenSource();
        var consuming = dying.ConsumeAsync(subscription ?? new Subscription("work"), async (d, _) =>
        {
            if (d.Id != id)
                return HandlingResult.Retry("not this one", TimeSpan.FromMilliseconds(1));
            taken.TrySetResult();
            await Task.Delay(Timeout.Infinite, over.Token);
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, over.Token);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await dying.DisposeAsync();
        await over.CancelAsync();
        await consuming;
    }
}
