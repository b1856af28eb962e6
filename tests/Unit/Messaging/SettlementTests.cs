using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Messaging;

/// <summary>Where a message goes after a delivery, and which of its deliveries are held against it.</summary>
public sealed class SettlementTests
{
    private const string Lane = "work.3";

    private static readonly QueueNames s_names = new("", "work", isFair: true);
    private static readonly Subscription s_subscription = new("work");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _givenUp = [];
    private int _handled;

    [Fact]
    public async Task A_message_that_is_done_goes_nowhere() => Assert.Null(await AfterAsync(Message(), HandlingResult.Done));

    [Fact]
    public async Task A_rejected_message_is_dead_at_once_and_says_why()
    {
        var move = await AfterAsync(Message(failures: 2), HandlingResult.Reject("bad", new string('a', 2000)));
        Assert.Equal((s_names.Dead, null, "bad", 3), (move!.Queue, move.Via, move.Envelope.Text("siaga-code"), Attempts(move)));
        Assert.Equal(1000, move.Envelope.Text("siaga-reason")!.Length);
        Assert.Equal(_time.GetUtcNow(), move.Envelope.Time("siaga-died-at"));
        Assert.Empty(_givenUp);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task The_last_allowed_failure_is_the_end(int failuresBefore, bool isTheEnd)
    {
        var move = await AfterAsync(Message(failures: failuresBefore), HandlingResult.Retry("no"));
        Assert.Equal(isTheEnd, move!.Queue == s_names.Dead);
        Assert.Equal(isTheEnd ? ["Given up after 12 deliveries: no"] : [], _givenUp);
        Assert.Equal(isTheEnd ? 12 : 0, Attempts(move));
    }

    [Fact]
    public async Task A_failure_is_counted_and_waited_for_in_the_lane_that_the_message_came_from()
    {
        var move = await AfterAsync(Message(failures: 1), HandlingResult.Retry("no"));
        Assert.Equal((Lane, 2, "no"), (move!.Queue, move.Envelope.Failures, move.Envelope.Text("siaga-reason")!));
        Assert.InRange(move.Envelope.NotBefore!.Value - _time.GetUtcNow(), TimeSpan.FromMilliseconds(749), TimeSpan.FromMilliseconds(1251));
        Assert.Equal("work.wait.2000", move.Via);
    }

    [Fact]
    public async Task A_server_that_says_when_it_is_back_is_waited_for()
    {
        var move = await AfterAsync(Message(), HandlingResult.Retry("no", TimeSpan.FromSeconds(40)));
        Assert.Equal((_time.GetUtcNow().AddSeconds(40), "work.wait.60000"), (move!.Envelope.NotBefore!.Value, move.Via!));
        move = await AfterAsync(Message(failures: 8), HandlingResult.Retry("no", TimeSpan.FromMilliseconds(1)));
        Assert.True(move!.Envelope.NotBefore > _time.GetUtcNow().AddSeconds(60));
    }

    [Fact]
    public async Task A_message_whose_turn_it_is_not_waits_without_a_failure()
    {
        var move = await AfterAsync(Message(failures: 3, deaths: 1), HandlingResult.Defer(TimeSpan.FromSeconds(1)));
        Assert.Equal((Lane, 3, 1), (move!.Queue, move.Envelope.Failures, move.Envelope.EarlierCrashes));
        Assert.Equal(_time.GetUtcNow().AddSeconds(1), move.Envelope.NotBefore);
    }

    [Fact]
    public async Task After_its_first_crash_a_message_is_handled_again_at_once()
    {
        Assert.Null(await AfterAsync(Message(again: 1), HandlingResult.Done));
        Assert.Equal(1, _handled);
    }

    [Theory]
    [InlineData(0, 2, 500)]
    [InlineData(1, 1, 500)]
    [InlineData(3, 1, 2000)]
    public async Task From_its_second_crash_on_a_message_waits_longer_each_time_before_it_is_handled(int deaths, int again, int middle)
    {
        var move = await AfterAsync(Message(deaths: deaths, again: again), HandlingResult.Done);
        Assert.Equal((0, deaths + again), (_handled, move!.Envelope.EarlierCrashes));
        Assert.InRange((move.Envelope.NotBefore!.Value - _time.GetUtcNow()).TotalMilliseconds, (0.75 * middle) - 1, (1.25 * middle) + 1);
    }

    [Fact]
    public async Task A_crash_that_has_been_waited_for_is_not_waited_for_again()
    {
        Assert.Null(await AfterAsync(Message(deaths: 5), HandlingResult.Done));
        Assert.Equal(1, _handled);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task A_message_that_keeps_killing_its_process_is_given_up_unhandled(int crashes, bool isTheEnd)
    {
        var move = await AfterAsync(Message(failures: 2, again: crashes), HandlingResult.Done);
        Assert.Equal((isTheEnd, 0), (move!.Queue == s_names.Dead, _handled));
        Assert.Equal(isTheEnd ? 1 : 0, _givenUp.Count);

        // The delivery that found this out is not one that was tried.
        Assert.Equal(isTheEnd ? 2 + 11 : 0, Attempts(move));
    }

    [Fact]
    public void Crashes_are_no_failures() => Gen.Select(Gen.Int[0, 10], Gen.Int[0, 40]).Sample((failures, deaths) =>
    {
        var move = AfterAsync(Message(failures: failures, deaths: deaths), HandlingResult.Retry("no")).GetAwaiter().GetResult()!;
        return move.Queue == Lane && move.Envelope.Failures == failures + 1 && move.Envelope.EarlierCrashes == deaths;
    });

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task A_message_that_is_early_waits_for_the_rest_of_its_time(int early, bool isHandled)
    {
        var due = _time.GetUtcNow().AddMilliseconds(early);
        var move = await AfterAsync(Message(notBefore: due.ToUnixTimeMilliseconds()), HandlingResult.Done);
        Assert.Equal((isHandled ? 1 : 0, isHandled), (_handled, move is null));
        if (move is not null)
            Assert.Equal((Lane, "work.wait.2000", due), (move.Queue, move.Via!, move.Envelope.NotBefore!.Value));
    }

    [Fact]
    public async Task A_process_that_stops_is_not_the_messages_fault()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var move = await AfterAsync(Message(failures: 2, again: 1), null, stop.Token);
        Assert.Equal((Lane, null, 2, 1), (move!.Queue, move.Via, move.Envelope.Failures, move.Envelope.EarlierCrashes));
    }

    private static int Attempts(Placement move) => (int)move.Envelope.Number("siaga-attempts");

    private static Envelope Message(int failures = 0, int deaths = 0, long again = 0, long? notBefore = null)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["siaga-failures"] = failures, ["siaga-deaths"] = deaths, ["x-delivery-count"] = again,
        };
        if (notBefore is not null)
            headers["siaga-not-before"] = notBefore;
        return Envelope.Of(new BasicGetResult(
            1, redelivered: false, "", Lane, 0, new BasicProperties { MessageId = "m1", Headers = headers }, default));
    }

    /// <param name="result">Null: the handler is cancelled.</param>
    private Task<Placement?> AfterAsync(Envelope message, HandlingResult? result, CancellationToken cancellationToken = default) =>
        new Settlement(
            null!, s_names, s_subscription,
            (_, _) =>
            {
                _handled++;
                return Task.FromResult(result ?? throw new OperationCanceledException());
            },
            (_, reason, _) =>
            {
                _givenUp.Add(reason);
                return Task.CompletedTask;
            },
            (_time, new FakeOutages(), NullLogger.Instance)).DecideAsync(message, Lane, cancellationToken);
}
