using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>Reads and removes the dead letters of one queue.</summary>
internal static class DeadLetters
{
    /// <summary>An id that increases with time; random bits distinguish two of the same millisecond.</summary>
    public static long NewId(DateTimeOffset now) => (now.ToUnixTimeMilliseconds() << 20) | (uint)Random.Shared.Next(1 << 20);

    /// <summary>The oldest dead letters, at most <paramref name="limit"/>.</summary>
    /// <param name="connection">The messages are read on a channel of their own; closing it returns them all to the queue.</param>
    /// <param name="names">The queue whose dead letters are read.</param>
    public static async Task<IReadOnlyList<DeadLetter>> PeekAsync(
        IConnection connection, QueueNames names, int limit, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        while (letters.Count < limit && await channel.BasicGetAsync(names.Dead, autoAck: false, cancellationToken) is { } got)
            letters.Add(Read(got, names.Queue));
        await channel.CloseAsync(cancellationToken);
        return letters;
    }

    /// <summary>Removes the dead letter with this id; all others that were read return to the queue. False when there is none.</summary>
    /// <param name="connection">A channel is opened on it for this call.</param>
    /// <param name="names">The queue that the message came from.</param>
    /// <param name="settle">Called with the message before it is removed; if it throws, the message stays.</param>
    public static async Task<bool> TakeAsync(
        IConnection connection, QueueNames names, long id, Func<Envelope, Task> settle, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var found = false;
        while (!found && await channel.BasicGetAsync(names.Dead, autoAck: false, cancellationToken) is { } got)
        {
            if (Read(got, names.Queue).Id != id)
                continue;
            await settle(Envelope.Of(got));
            await channel.BasicAckAsync(got.DeliveryTag, multiple: false, cancellationToken);
            found = true;
        }

        await channel.CloseAsync(cancellationToken);
        return found;
    }

    private static DeadLetter Read(BasicGetResult got, string queue)
    {
        var message = Envelope.Of(got);

        // A message that the server itself dead-lettered, at its own delivery limit, has none of our headers.
        var id = message.Number("siaga-dead-id") is > 0 and var given ? given : StableId(message.Id);
        return new DeadLetter(
            id, message.Id, queue, message.Body, message.Text("siaga-code") ?? "delivery_limit",
            message.Text("siaga-reason") ?? "The broker gave up the message.",
            (int)message.Number("siaga-attempts"), message.Time("siaga-died-at") ?? message.PublishedAt);
    }

    private static long StableId(string messageId) =>
        BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(messageId))) & long.MaxValue;
}
