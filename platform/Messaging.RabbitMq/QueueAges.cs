using System.Collections.Concurrent;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Estimates the age of a queue's oldest message, which the server does not report. A process that consumes the queue uses the age of the
/// message that it took last. Any other process uses the time since the queue last shrank. Both grow while the queue is stuck, which is
/// what an alert needs.
/// </summary>
internal sealed class QueueAges(TimeProvider time)
{
    private sealed class Watch
    {
        public long InHand { get; set; }

        public DateTimeOffset? LastTaken { get; set; }

        public long Waiting { get; set; }

        public DateTimeOffset StillSince { get; set; }
    }

    private readonly ConcurrentDictionary<string, Watch> _watches = new(StringComparer.Ordinal);

    /// <summary>Counts a message as in progress until the result is disposed.</summary>
    public IDisposable Hold(string queue, DateTimeOffset publishedAt)
    {
        var watch = _watches.GetOrAdd(queue, _ => new Watch());
        lock (watch)
            (watch.InHand, watch.LastTaken) = (watch.InHand + 1, publishedAt);
        return new Held(watch);
    }

    public QueueStatus Status(string queue, long waiting, long dead)
    {
        var now = time.GetUtcNow();
        var watch = _watches.GetOrAdd(queue, _ => new Watch());
        lock (watch)
        {
            if (waiting == 0 || waiting < watch.Waiting || watch.Waiting == 0)
                watch.StillSince = now;
            watch.Waiting = waiting;

            // An empty queue has no oldest message, and the next one to come is not as old as the last one that left.
            if (waiting + watch.InHand == 0)
            {
                watch.LastTaken = null;
                return new QueueStatus(queue, waiting, watch.InHand, 0, dead);
            }

            var since = watch.LastTaken ?? watch.StillSince;
            return new QueueStatus(queue, waiting, watch.InHand, Math.Max(0, (now - since).TotalSeconds), dead);
        }
    }

    private sealed class Held(Watch watch) : IDisposable
    {
        public void Dispose()
        {
            lock (watch)
                watch.InHand--;
        }
    }
}
