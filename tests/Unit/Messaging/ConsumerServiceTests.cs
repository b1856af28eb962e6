using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Siaga.Messaging;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Messaging;

public sealed class ConsumerServiceTests
{
    private readonly HeardLog<Handler> _log = new();
    private readonly FakeOutages _outages = new() { Expected = e => e is InvalidDataException };

    [Fact]
    public async Task What_a_handler_decides_is_settled()
    {
        Assert.Same(HandlingResult.Done, await OnceAsync(() => HandlingResult.Done));
        Assert.Equal(["tasks of work"], _outages.Successes);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task A_retry_and_a_rejection_are_logged()
    {
        await OnceAsync(() => HandlingResult.Retry("later"));
        await OnceAsync(() => HandlingResult.Reject("bad", "It is bad."));
        Assert.Equal([1201, 1202], _log.Events);
        Assert.Empty(_outages.Successes);
    }

    [Fact]
    public async Task What_is_away_is_one_outage_and_no_line_for_each_message()
    {
        await OnceAsync(() => HandlingResult.Away("storage_unavailable", "No route."));
        Assert.Equal(["storage_unavailable: tasks of work"], _outages.Failures);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task An_exception_is_a_failure_that_passes()
    {
        var result = await OnceAsync(() => throw new InvalidOperationException("Surprise."));
        Assert.Equal("InvalidOperationException: Surprise.", Assert.IsType<HandlingResult.RetryResult>(result).Reason);
        Assert.Equal([1203], _log.Events);
    }

    [Fact]
    public async Task An_exception_that_means_an_outage_is_not_a_surprise()
    {
        await OnceAsync(() => throw new InvalidDataException("Away."));
        await OnceAsync(() => throw new HttpRequestException("No route."));
        await OnceAsync(() => throw new TaskCanceledException("Slow.", new TimeoutException()));
        Assert.Equal(["backend_unavailable: tasks of work", "backend_unavailable: tasks of work"], _outages.Failures);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_retry_without_a_stack_trace()
    {
        await OnceAsync(() => throw new IOException("No such file."));
        await OnceAsync(() => throw new TaskCanceledException("Something else gave up."));
        Assert.Equal([1201, 1203], _log.Events);
    }

    [Fact]
    public async Task A_process_that_stops_leaves_its_message_to_the_broker()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OnceAsync(() => throw new OperationCanceledException(), stop.Token));
        Assert.Empty(_log.Events);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_second_suspect_is_deferred_where_suspects_are_alone(bool alone, bool isDeferred)
    {
        using var gate = new PoisonMessageIsolation(new FakeTimeProvider());
        using var running = await gate.EnterAsync(alone: true, CancellationToken.None);
        var broker = new OneDelivery(Delivery(crashes: 1));
        await RunAsync(broker, () => HandlingResult.Done, new Subscription("work") { SuspectsAlone = alone }, gate);
        Assert.Equal(isDeferred, broker.Result is HandlingResult.DeferResult { Delay.Ticks: > 0 });
    }

    [Fact]
    public async Task A_message_that_is_given_up_is_told_to_the_handler_and_becomes_a_dead_letter_even_if_that_fails()
    {
        using var gate = new PoisonMessageIsolation(new FakeTimeProvider());
        var broker = new OneDelivery(Delivery()) { GivesUp = true };
        await RunAsync(broker, () => throw new InvalidOperationException("Cannot tell."), new Subscription("work"), gate);
        Assert.Equal([1202, 1203], _log.Events);
    }

    private static Delivery Delivery(int crashes = 0) => new("m1", "work", default, null, 1 + crashes, default, crashes);

    private async Task<HandlingResult?> OnceAsync(Func<HandlingResult> handle, CancellationToken cancellationToken = default)
    {
        using var gate = new PoisonMessageIsolation(new FakeTimeProvider());
        var broker = new OneDelivery(Delivery()) { Token = cancellationToken };
        await RunAsync(broker, handle, new Subscription("work"), gate);
        return broker.Result;
    }

    private async Task RunAsync(OneDelivery broker, Func<HandlingResult> handle, Subscription subscription, PoisonMessageIsolation gate)
    {
        await using var services = new ServiceCollection().AddScoped(_ => new Handler(handle)).BuildServiceProvider();
        using var service = new ConsumerService<Handler>(
            broker, services.GetRequiredService<IServiceScopeFactory>(), subscription, gate, _outages, _log);
        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!;
    }

    internal sealed class Handler(Func<HandlingResult> handle) : IMessageHandler
    {
        public Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken) => Task.FromResult(handle());

        public Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) => Task.FromResult(handle());
    }

    private sealed class OneDelivery(Delivery delivery) : FakeBroker
    {
        public CancellationToken Token { get; init; }

        public bool GivesUp { get; init; }

        public HandlingResult? Result { get; private set; }

        public override async Task ConsumeAsync(
            Subscription subscription, Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
            Func<Delivery, string, CancellationToken, Task> giveUp, CancellationToken cancellationToken)
        {
            if (GivesUp)
                await giveUp(delivery, "Twelve times.", Token);
            else
                Result = await handle(delivery, Token);
        }
    }
}
