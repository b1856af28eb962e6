using Microsoft.Extensions.Logging.Abstractions;
using Siaga.Messaging;
using Siaga.Messaging.Embedded;

namespace Siaga.Tests.Messaging;

public sealed class EmbeddedBrokerTests : BrokerCompliance, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-broker-").FullName;

    [Fact]
    public async Task What_a_dead_process_held_is_delivered_to_another_long_before_its_lease_ends()
    {
        var dying = new EmbeddedBroker(Options, Topology, TimeProvider.System, new QuietOutages(), NullLogger<EmbeddedBroker>.Instance);
        await dying.PublishAsync([new OutgoingMessage("a", "result", "{}"u8.ToArray(), null, null)], default);
        var taken = new TaskCompletionSource();
        _ = dying.ConsumeAsync(new Subscription("states"), async (_, _) =>
        {
            taken.TrySetResult();
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, default);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
        dying.Dispose();

        await using var other = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var attempt = 0;
        var consuming = other.Broker.ConsumeAsync(new Subscription("states"), (d, _) =>
        {
            Volatile.Write(ref attempt, d.Attempt);
            return Task.FromResult(HandlingResult.Done);
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await UntilAsync("the other process has it", () => Volatile.Read(ref attempt) == 2);
        await stop.CancelAsync();
        await consuming;
    }

    [Fact]
    public async Task A_message_whose_every_delivery_kills_the_process_is_given_up()
    {
        for (var i = 0; i < 2; i++)
        {
            var dying = new EmbeddedBroker(Options, Topology, TimeProvider.System, new QuietOutages(), NullLogger<EmbeddedBroker>.Instance);
            await dying.PublishAsync([new OutgoingMessage("poison", "result", "{}"u8.ToArray(), null, null)], default);
            var taken = new TaskCompletionSource();
            _ = dying.ConsumeAsync(new Subscription("states"), async (_, _) =>
            {
                taken.TrySetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return HandlingResult.Done;
            }, (_, _, _) => Task.CompletedTask, default);
            await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
            dying.Dispose();
        }

        await using var last = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var consuming = last.Broker.ConsumeAsync(
            new Subscription("states") { MaxDeaths = 1 }, (_, _) => throw new InvalidOperationException("delivered"),
            (_, _, _) => Task.CompletedTask, stop.Token);
        await UntilAsync("it is a dead letter", () => last.Broker.GetDeadLettersAsync(1, default).Result.Count == 1);
        await stop.CancelAsync();
        await consuming;
        Assert.Contains("ended with the process", (await last.Broker.GetDeadLettersAsync(1, default))[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killing_the_process_often_does_not_make_a_dead_letter_of_what_it_had_in_hand()
    {
        for (var i = 0; i < 4; i++)
        {
            var dying = new EmbeddedBroker(Options, Topology, TimeProvider.System, new QuietOutages(), NullLogger<EmbeddedBroker>.Instance);
            await dying.PublishAsync([new OutgoingMessage("innocent", "result", "{}"u8.ToArray(), null, null)], default);
            var taken = new TaskCompletionSource();
            _ = dying.ConsumeAsync(new Subscription("states") { MaxAttempts = 2 }, async (_, _) =>
            {
                taken.TrySetResult();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return HandlingResult.Done;
            }, (_, _, _) => Task.CompletedTask, default);
            await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
            dying.Dispose();
        }

        await using var last = await OpenAsync();
        var delivered = new List<(int Attempt, int CrashCount, int Failures)>();
        await ConsumeUntilAsync(last, new Subscription("states") { MaxAttempts = 2, FirstDelay = TimeSpan.FromMilliseconds(1) }, d =>
        {
            delivered.Add((d.Attempt, d.CrashCount, d.Failures));
            return d.Failures == 0 ? HandlingResult.Retry("once more") : HandlingResult.Done;
        }, () => delivered.Count == 2);
        Assert.Equal([(5, 4, 0), (6, 4, 1)], delivered);
        Assert.Empty(await last.Broker.GetDeadLettersAsync(1, default));
    }

    [Fact]
    public async Task A_flood_of_one_group_does_not_keep_another_waiting()
    {
        const int Flood = 10_000;
        await using var broker = await OpenAsync();
        var flood = Enumerable.Range(0, Flood).Select(i => new OutgoingMessage($"a{i}", "result", "{}"u8.ToArray(), "company-a", null));
        foreach (var some in flood.Chunk(1000))
            await broker.Publisher.PublishAsync(some, default);
        await broker.Publisher.PublishAsync(
            [
                new OutgoingMessage("b0", "result", "{}"u8.ToArray(), "company-b", null),
                new OutgoingMessage("c0", "result", "{}"u8.ToArray(), null, null),
            ],
            default);
        var delivered = new List<string>();
        await ConsumeUntilAsync(broker, new Subscription("states"), d =>
        {
            delivered.Add(d.Id);
            return HandlingResult.Done;
        }, () => delivered.Count >= 10);
        Assert.InRange(delivered.IndexOf("b0"), 0, 2);
        Assert.InRange(delivered.IndexOf("c0"), 0, 2);

        // Within a group the order of arrival is kept.
        Assert.Equal(["a0", "a1", "a2"], delivered.Where(id => id[0] == 'a').Take(3));
    }

    [Fact]
    public async Task When_all_is_quiet_a_message_of_another_process_is_noticed_by_the_file_systems_report()
    {
        await using var quiet = await OpenAsync(new() { Folder = _folder, QuietAfter = TimeSpan.FromMilliseconds(100) });
        await using var other = await OpenAsync();
        using var stop = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        var consuming = quiet.Broker.ConsumeAsync(new Subscription("states"), (_, _) =>
        {
            arrived.TrySetResult();
            return Task.FromResult(HandlingResult.Done);
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await other.Publisher.PublishAsync([new OutgoingMessage("a", "result", "{}"u8.ToArray(), null, null)], default);

        // Without the report it would be looked for fifteen seconds after all became quiet.
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await stop.CancelAsync();
        await consuming;
    }

    [Fact]
    public async Task A_message_that_a_living_process_does_not_renew_is_delivered_to_another_when_its_lease_ends()
    {
        var options = new EmbeddedBrokerOptions { Folder = _folder, Lease = TimeSpan.FromSeconds(1), Poll = TimeSpan.FromHours(1) };
        await using var hung = await OpenAsync(options);
        await hung.Publisher.PublishAsync([new OutgoingMessage("a", "result", "{}"u8.ToArray(), null, null)], default);
        using var stop = new CancellationTokenSource();
        var (taken, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        var holding = hung.Broker.ConsumeAsync(new Subscription("states"), async (_, _) =>
        {
            taken.TrySetResult();
            await done.Task;
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await using var other = await OpenAsync(options);
        var again = new TaskCompletionSource();
        var consuming = other.Broker.ConsumeAsync(new Subscription("states"), (_, _) =>
        {
            again.TrySetResult();
            return Task.FromResult(HandlingResult.Done);
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await again.Task.WaitAsync(TimeSpan.FromSeconds(10));
        done.SetResult();
        await stop.CancelAsync();
        await Task.WhenAll(holding, consuming);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<OpenBroker> OpenAsync() => OpenAsync(Options);

    private static Task<OpenBroker> OpenAsync(EmbeddedBrokerOptions options)
    {
        var broker = new EmbeddedBroker(options, Topology, TimeProvider.System, new QuietOutages(), NullLogger<EmbeddedBroker>.Instance);
        return Task.FromResult(new OpenBroker(broker, broker, () =>
        {
            broker.Dispose();
            return ValueTask.CompletedTask;
        }));
    }

    private EmbeddedBrokerOptions Options => new() { Folder = _folder };
}
