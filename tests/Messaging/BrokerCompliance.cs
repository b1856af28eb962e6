using System.Collections.Concurrent;
using System.Text;
using Siaga.Messaging;

namespace Siaga.Tests.Messaging;

/// <summary>
/// Tests that every broker adapter must pass. A subclass opens the broker; opening it again must find the earlier messages.
/// </summary>
public abstract class BrokerCompliance
{
    private static readonly Topology s_topology = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["clip"] = ["analysis", "recordings"],
        ["result"] = ["states"],
    });

    /// <summary>Whether a queue accepts an id only once. If not, the handlers' deduplication keys make a repeat harmless.</summary>
    protected virtual bool TakesAnIdOnce => true;

    protected static Topology Topology => s_topology;

    [Fact]
    public async Task A_message_reaches_every_queue_bound_to_its_topic_and_no_other()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "clip");
        Assert.Equal(["a"], await TakeAllAsync(broker, "analysis", 1));
        Assert.Equal(["a"], await TakeAllAsync(broker, "recordings", 1));
        Assert.All(await broker.Broker.GetQueuesAsync(default), q => Assert.Equal(0, q.Waiting + q.InHand));
    }

    [Fact]
    public async Task A_broker_with_room_takes_messages_and_says_so_without_leaving_any()
    {
        await using var broker = await OpenAsync();
        Assert.Null(await broker.Broker.FindBlockAsync(default));
        Assert.All(await broker.Broker.GetQueuesAsync(default), q => Assert.Equal(0, q.Waiting + q.InHand + q.Dead));
    }

    [Fact]
    public async Task A_message_waits_for_a_consumer_that_starts_after_a_restart()
    {
        await using (var broker = await OpenAsync())
            await broker.PublishAsync("a", "result");
        await using var again = await OpenAsync();
        Assert.Equal(["a"], await TakeAllAsync(again, "states", 1));
    }

    [Fact]
    public async Task The_same_id_published_twice_is_one_message_where_the_broker_knows_its_ids()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "result");
        await broker.PublishAsync("a", "result");
        await broker.PublishAsync("b", "result");
        string[] expected = TakesAnIdOnce ? ["a", "b"] : ["a", "a", "b"];
        Assert.Equal(expected, await TakeAllAsync(broker, "states", expected.Length));
    }

    [Fact]
    public async Task A_transient_failure_is_delivered_again_and_counts_its_attempts()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "result");
        var attempts = new ConcurrentQueue<int>();
        await ConsumeUntilAsync(broker, Quick("states"), d =>
        {
            attempts.Enqueue(d.Attempt);
            return d.Attempt < 3 ? HandlingResult.Retry("not yet") : HandlingResult.Done;
        }, () => attempts.Count == 3);
        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public async Task A_message_that_ran_out_of_attempts_is_told_of_and_becomes_a_dead_letter()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "result");
        var told = new ConcurrentQueue<string>();
        await ConsumeUntilAsync(
            broker, Quick("states") with { MaxAttempts = 2 }, _ => HandlingResult.Retry("the disk is away"), () => Dead(broker) == 1, told);
        var letter = Assert.Single(await broker.Broker.GetDeadLettersAsync(10, default));
        Assert.Equal("attempts_exhausted", letter.Code);
        Assert.Equal(2, letter.Attempts);
        Assert.Contains("the disk is away", letter.Reason, StringComparison.Ordinal);
        Assert.Contains("the disk is away", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_message_becomes_a_dead_letter_at_once_with_its_reason()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "result");
        await ConsumeUntilAsync(
            broker, Quick("states"), _ => HandlingResult.Reject("clip_unreadable", "No video in it."), () => Dead(broker) == 1);
        var letter = Assert.Single(await broker.Broker.GetDeadLettersAsync(10, default));
        Assert.Equal(
            ("a", "states", "clip_unreadable", "No video in it.", 1),
            (letter.MessageId, letter.Queue, letter.Code, letter.Reason, letter.Attempts));
    }

    [Fact]
    public async Task A_dead_letter_is_replayed_as_if_it_were_new_or_dropped_for_good()
    {
        await using var broker = await OpenAsync();
        foreach (var id in (string[])["a", "b", "c"])
            await broker.PublishAsync(id, "result");
        await ConsumeUntilAsync(
            broker, Quick("states"), _ => HandlingResult.Reject("clip_unreadable", "No video in it."), () => Dead(broker) == 3);
        var letters = (await broker.Broker.GetDeadLettersAsync(10, default))
            .ToDictionary(l => l.MessageId, l => l.Id, StringComparer.Ordinal);
        Assert.True(await broker.Broker.ReplayDeadLetterAsync(letters["b"], default));
        Assert.True(await broker.Broker.DropDeadLetterAsync(letters["c"], default));
        Assert.False(await broker.Broker.ReplayDeadLetterAsync(letters["b"], default));
        Assert.False(await broker.Broker.DropDeadLetterAsync(letters["c"], default));
        var seen = new ConcurrentQueue<(string, int)>();
        await ConsumeUntilAsync(broker, Quick("states"), d =>
        {
            seen.Enqueue((d.Id, d.Attempt));
            return HandlingResult.Done;
        }, () => !seen.IsEmpty && Waiting(broker, "states") == 0);
        Assert.Equal([("b", 1)], seen);
        Assert.Equal("a", Assert.Single(await broker.Broker.GetDeadLettersAsync(10, default)).MessageId);
    }

    [Fact]
    public async Task As_many_as_asked_for_are_in_hand_at_once()
    {
        await using var broker = await OpenAsync();
        for (var i = 0; i < 6; i++)
            await broker.PublishAsync($"m{i}", "result");
        using var stop = new CancellationTokenSource();
        var (inHand, most) = (0, 0);
        var open = new TaskCompletionSource();
        var consuming = broker.Broker.ConsumeAsync(Quick("states") with { Concurrency = 3 }, async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inHand));
            await open.Task;
            Interlocked.Decrement(ref inHand);
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await UntilAsync("three in hand", () => Volatile.Read(ref inHand) == 3);
        open.SetResult();
        await UntilAsync("the queue is empty", () => Waiting(broker, "states") == 0);
        await stop.CancelAsync();
        await consuming;
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task What_a_stopping_consumer_holds_is_delivered_to_the_next_as_its_first_attempt()
    {
        await using var broker = await OpenAsync();
        await broker.PublishAsync("a", "result");
        using var stop = new CancellationTokenSource();
        var taken = new TaskCompletionSource();
        var consuming = broker.Broker.ConsumeAsync(Quick("states"), async (_, cancel) =>
        {
            taken.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, stop.Token);
        await taken.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await consuming;
        var attempts = new ConcurrentQueue<int>();
        await ConsumeUntilAsync(broker, Quick("states"), d =>
        {
            attempts.Enqueue(d.Attempt);
            return HandlingResult.Done;
        }, () => !attempts.IsEmpty);
        Assert.Equal([1], attempts);
    }

    protected static Task UntilAsync(string condition, Func<bool> holds) =>
        Eventually.TrueAsync(condition, holds, TimeSpan.FromSeconds(20));

    protected abstract Task<OpenBroker> OpenAsync();

    private static Subscription Quick(string queue) => new(queue) { FirstDelay = TimeSpan.FromMilliseconds(5) };

    private static long Dead(OpenBroker broker) => broker.Broker.GetDeadLettersAsync(10, default).Result.Count;

    private static long Waiting(OpenBroker broker, string queue) =>
        broker.Broker.GetQueuesAsync(default).Result.Where(q => q.Queue == queue).Sum(q => q.Waiting + q.InHand);

    private static async Task<IReadOnlyList<string>> TakeAllAsync(OpenBroker broker, string queue, int count)
    {
        var taken = new ConcurrentQueue<string>();
        await ConsumeUntilAsync(broker, Quick(queue), d =>
        {
            Assert.Equal("{}", Encoding.UTF8.GetString(d.Body.Span));
            taken.Enqueue(d.Id);
            return HandlingResult.Done;
        }, () => taken.Count >= count && Waiting(broker, queue) == 0);
        return [.. taken];
    }

    protected static async Task ConsumeUntilAsync(
        OpenBroker broker, Subscription subscription, Func<Delivery, HandlingResult> handle, Func<bool> holds,
        ConcurrentQueue<string>? told = null)
    {
        using var stop = new CancellationTokenSource();
        var consuming = broker.Broker.ConsumeAsync(subscription, (d, _) => Task.FromResult(handle(d)), (_, reason, _) =>
        {
            told?.Enqueue(reason);
            return Task.CompletedTask;
        }, stop.Token);
        await UntilAsync("the consumer has done its work", holds);
        await stop.CancelAsync();
        await consuming;
    }
}

/// <summary>An open broker in a test.</summary>
public sealed class OpenBroker(IMessagePublisher publisher, IMessageBroker broker, Func<ValueTask> close) : IAsyncDisposable
{
    public IMessageBroker Broker => broker;

    public IMessagePublisher Publisher => publisher;

    public Task PublishAsync(string id, string topic) =>
        publisher.PublishAsync([new OutgoingMessage(id, topic, "{}"u8.ToArray(), "7", null)], default);

    public ValueTask DisposeAsync() => close();
}
