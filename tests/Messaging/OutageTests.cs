using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Siaga.Messaging;
using Siaga.Messaging.Embedded;
using Siaga.Primitives;

namespace Siaga.Tests.Messaging;

/// <summary>A full queue whose handler cannot do anything.</summary>
public sealed class OutageTests : IDisposable
{
    private const int Messages = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-outage-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_outage_costs_few_attempts_and_the_queue_flows_at_once_when_it_is_over()
    {
        var topology = new Topology(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["work"] = ["work"] });
        using var broker = new EmbeddedBroker(
            new EmbeddedBrokerOptions { Folder = _folder }, topology, TimeProvider.System, new QuietOutages(),
            NullLogger<EmbeddedBroker>.Instance);
        await broker.PublishAsync(
            [.. Enumerable.Range(0, Messages).Select(i => new OutgoingMessage($"m{i}", "work", "{}"u8.ToArray(), null, null))], default);
        var needed = new Needed();
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMessageBroker>(broker).AddSingleton<IOutageLog, QuietOutages>().AddSingleton(needed)
            .AddConsumer<Handler>(_ => new Subscription("work") { Concurrency = 2 });
        using var host = builder.Build();
        await host.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.InRange(needed.Failed, 2, 30);
        needed.IsThere = true;
        await Eventually.TrueAsync(
            "all that did not fail is done", () => needed.Done >= Messages - needed.Failed, TimeSpan.FromSeconds(20));
        await host.StopAsync();
        Assert.InRange(needed.Failed, 2, 30);
    }

    private sealed class Needed
    {
        private int _done;
        private int _failed;

        public volatile bool IsThere;

        public int Done => Volatile.Read(ref _done);

        public int Failed => Volatile.Read(ref _failed);

        public HandlingResult Use()
        {
            Interlocked.Increment(ref IsThere ? ref _done : ref _failed);
            return IsThere ? HandlingResult.Done : HandlingResult.Retry("It is away.");
        }
    }

    private sealed class Handler(Needed needed) : IMessageHandler
    {
        public Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken) => Task.FromResult(needed.Use());
    }
}
