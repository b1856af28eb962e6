using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Messaging;
using Siaga.Tests.Servers;

namespace Siaga.Bench.Cluster;

/// <summary>
/// The cost of a task from publish to acknowledgement, one at a time and many at once: through Siaga's port, compared with the bare client
/// with the same guarantees (a durable quorum queue, publisher confirms, manual acknowledgement).
/// </summary>
internal static class QueueBench
{
    private const string Topic = "bench.topic";
    private const string Queue = "bench.queue";

    private static readonly byte[] s_body = Encoding.UTF8.GetBytes($$"""{"video_url":"","video_path":"{{new string('x', 600)}}"}""");

    public static async Task<int> RunAsync(int tasks)
    {
        var address = (await KeptServer.RabbitAsync()).Address;
        foreach (var atOnce in (int[])[1, 32])
        {
            var count = atOnce == 1 ? tasks / 10 : tasks;
            var bare = await BareAsync(address, count, atOnce);
            var ours = await OursAsync(address, count, atOnce);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} tasks, {atOnce} in flight: bare client {Each(bare, count):0.00} ms a task, "
                + $"Siaga's broker {Each(ours, count):0.00} ms, {ours / bare:0.0} of it"));
        }

        return 0;
    }

    private static double Each(TimeSpan time, int count) => time.TotalMilliseconds / count;

    private static async Task<TimeSpan> OursAsync(Uri address, int count, int atOnce)
    {
        var topology = new Topology(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Topic] = [Queue] });
        await using var broker = new RabbitMqBroker(
            new RabbitMqOptions { Url = address, Prefix = $"bench{Guid.NewGuid():N}." }, topology, TimeProvider.System, new QuietOutages(),
            NullLogger<RabbitMqBroker>.Instance);
        using var stop = new CancellationTokenSource();
        var waits = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        var consuming = broker.ConsumeAsync(
            new Subscription(Queue) { Concurrency = atOnce },
            (delivery, _) =>
            {
                waits[delivery.Id].TrySetResult();
                return Task.FromResult(HandlingResult.Done);
            },
            (_, _, _) => Task.CompletedTask,
            stop.Token);
        var time = await FlowAsync(count, atOnce, async id =>
        {
            var done = waits[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await broker.PublishAsync([new OutgoingMessage(id, Topic, s_body, null, null)], default);
            await done.Task;
        });
        await stop.CancelAsync();
        try
        {
            await consuming;
        }
        catch (OperationCanceledException)
        {
            // Cancelled on purpose.
        }

        return time;
    }

    private static async Task<TimeSpan> BareAsync(Uri address, int count, int atOnce)
    {
        await using var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        await using var publisher = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await using var consumer = await connection.CreateChannelAsync();
        var queue = $"bare{Guid.NewGuid():N}";
        await consumer.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await consumer.BasicQosAsync(0, (ushort)atOnce, global: false);
        var waits = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        var events = new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(consumer);
        events.ReceivedAsync += async (_, e) =>
        {
            var id = e.BasicProperties.MessageId!;
            await consumer.BasicAckAsync(e.DeliveryTag, multiple: false);
            waits[id].TrySetResult();
        };
        await consumer.BasicConsumeAsync(queue, autoAck: false, events);
        return await FlowAsync(count, atOnce, async id =>
        {
            var done = waits[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await publisher.BasicPublishAsync(
                "", queue, mandatory: true, new BasicProperties { MessageId = id, Persistent = true }, s_body);
            await done.Task;
        });
    }

    private static async Task<TimeSpan> FlowAsync(int count, int atOnce, Func<string, Task> one)
    {
        for (var i = 0; i < atOnce; i++)
            await one($"warm-{i}");
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await one($"task-{i}"));
        return watch.Elapsed;
    }
}
