using Siaga.Accounts;

namespace Siaga.Tests.Unit.Accounts;

public sealed class PartitionedConcurrencyLimiterTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_none = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task One_address_has_one_turn_at_a_time_and_the_next_comes_when_it_ends()
    {
        using var limiter = new PartitionedConcurrencyLimiter(2, 5, s_patience);
        var first = await limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        var second = limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        Assert.NotNull(first);
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var turn = await second;
        Assert.NotNull(turn);
    }

    [Fact]
    public async Task An_address_that_asks_a_hundred_times_does_not_keep_another_from_its_turn()
    {
        using var limiter = new PartitionedConcurrencyLimiter(2, 100, s_patience);
        var busy = Enumerable.Range(0, 100).Select(_ => limiter.TakeAsync("a", TestContext.Current.CancellationToken)).ToList();
        using (var other = await limiter.TakeAsync("b", TestContext.Current.CancellationToken))
            Assert.NotNull(other);
        foreach (var task in busy)
            (await task)?.Dispose();
    }

    [Fact]
    public async Task More_than_may_wait_are_turned_away_at_once()
    {
        using var limiter = new PartitionedConcurrencyLimiter(1, 2, s_patience);
        using var first = await limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        var second = limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        Assert.Null(await limiter.TakeAsync("a", TestContext.Current.CancellationToken));
        first!.Dispose();
        (await second)!.Dispose();
    }

    [Fact]
    public async Task Who_waits_too_long_is_turned_away_and_takes_no_turn_with_them()
    {
        using var limiter = new PartitionedConcurrencyLimiter(1, 5, s_none);
        using (await limiter.TakeAsync("a", TestContext.Current.CancellationToken))
        {
            Assert.Null(await limiter.TakeAsync("a", TestContext.Current.CancellationToken));
            Assert.Null(await limiter.TakeAsync("b", TestContext.Current.CancellationToken));
        }

        using var after = await limiter.TakeAsync("b", TestContext.Current.CancellationToken);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task One_that_may_wait_for_ever_gets_its_turn_however_long_it_takes()
    {
        using var limiter = new PartitionedConcurrencyLimiter(1, 5, s_none);
        var first = await limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        var waiting = limiter.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Null(await limiter.TakeAsync("b", TestContext.Current.CancellationToken));
        Assert.False(waiting.IsCompleted);
        first!.Dispose();
        (await waiting).Dispose();
        (await limiter.TakeAsync("b", TestContext.Current.CancellationToken))!.Dispose();
    }

    [Fact]
    public async Task One_that_is_cancelled_while_it_waits_leaves_its_place_to_the_next()
    {
        using var limiter = new PartitionedConcurrencyLimiter(1, 2, s_patience);
        using var cancelled = new CancellationTokenSource();
        var first = await limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        var waiting = limiter.TakeAsync("a", cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = limiter.TakeAsync("a", TestContext.Current.CancellationToken);
        first!.Dispose();
        using var turn = await next;
        Assert.NotNull(turn);
    }
}
