using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Siaga.Messaging;
using Siaga.Messaging.Embedded;
using Siaga.Primitives;

namespace Siaga.Tests.Messaging;

/// <summary>Messages that a process held when it was killed are handled one after the other, and soon.</summary>
public sealed class PoisonMessageIsolationTests : IDisposable
{
    private const int InHand = 40;

    private static readonly TimeSpan s_handling = TimeSpan.FromMilliseconds(20);
    private static readonly Topology s_topology = new(
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["work"] = ["work"] });

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-suspects-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Many_that_a_killed_process_held_pass_one_at_a_time_without_a_second_between_them()
    {
        await DieHoldingAsync();
        using var broker = Open();
        var seen = new Seen();
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMessageBroker>(broker).AddSingleton<IOutageLog, QuietOutages>().AddSingleton(seen)
            .AddConsumer<Handler>(_ => new Subscription("work") { Concurrency = 4, SuspectsAlone = true });
        using var host = builder.Build();
        await host.StartAsync();
        await Eventually.TrueAsync("all that was in hand is done", () => seen.Done >= InHand);
        await host.StopAsync();
        Assert.Equal((InHand, 1), (seen.Suspects, seen.MostAtOnce));
    }

    /// <summary>Simulates a process that is killed while it holds all of them.</summary>
    private async Task DieHoldingAsync()
    {
        var dying = Open();
        await dying.PublishAsync(
            [.. Enumerable.Range(0, InHand).Select(i => new OutgoingMessage($"m{i}", "work", "{}"u8.ToArray(), null, null))], default);
        var held = 0;
        using var over = new CancellationTokenSource();
        var all = new TaskCompletionSource();
        var consuming = dying.ConsumeAsync(new Subscription("work") { Concurrency = InHand }, async (_, _) =>
        {
            if (Interlocked.Increment(ref held) == InHand)
                all.SetResult();
            await Task.Delay(Timeout.Infinite, over.Token);
            return HandlingResult.Done;
        }, (_, _, _) => Task.CompletedTask, over.Token);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        dying.Dispose();
        await over.CancelAsync();
        await consuming;
    }

    private EmbeddedBroker Open() => new(
        new EmbeddedBrokerOptions { Folder = _folder }, s_topology, TimeProvider.System, new QuietOutages(),
        NullLogger<EmbeddedBroker>.Instance);

    private sealed class Seen
    {
        private int _done;
        private int _inside;
        private int _most;
        private int _suspects;

        public int Done => Volatile.Read(ref _done);

        public int MostAtOnce => Volatile.Read(ref _most);

        public int Suspects => Volatile.Read(ref _suspects);

        public async Task HandleAsync(Delivery delivery)
        {
            if (delivery.CrashCount > 0)
                Interlocked.Increment(ref _suspects);
            var inside = Interlocked.Increment(ref _inside);
            for (var most = MostAtOnce; inside > most; most = MostAtOnce)
                Interlocked.CompareExchange(ref _most, inside, most);
            await Task.Delay(s_handling);
            Interlocked.Decrement(ref _inside);
            Interlocked.Increment(ref _done);
        }
    }

    private sealed class Handler(Seen seen) : IMessageHandler
    {
        public async Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            await seen.HandleAsync(delivery);
            return HandlingResult.Done;
        }
    }
}
