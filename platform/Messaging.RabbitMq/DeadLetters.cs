using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>The dead letters of one queue: looked at without being taken.</summary>
internal static class DeadLetters
{
    /// <summary>Grows with time; two of one microsecond are told apart by chance.</summary>
    public static long NewId(DateTimeOffset now) => (now.ToUnixTimeMilliseconds() << 20) | (uint)Random.Shared.Next(1 << 20);

    /// <summary>The oldest, as many as asked for.</summary>
    /// <param name="connection">A channel of its own is opened on it; its end gives them all back.</param>
    /// <param name="names">Whose.</param>
    /// <param name="limit">At most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<DeadLetter>> PeekAsync(IConnection connection, QueueNames names, int limit, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        while (letters.Count < limit && await channel.BasicGetAsync(names.Dead, autoAck: false, cancellationToken) is { } got)
            letters.Add(Read(got, names.Queue));
        await channel.CloseAsync(cancellationToken);
        return letters;
    }

    /// <summary>Takes out the one of this id and gives back the rest.</summary>
    /// <param name="connection">A channel of its own is opened on it.</param>
    /// <param name="names">Of the queue it died in.</param>
    /// <param name="id">Which.</param>
    /// <param name="settle">Is given it before it is taken out; what fails here leaves it where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

        // One that the server itself gave up, by its own limit, has none of our headers.
        var id = message.Number("siaga-dead-id") is > 0 and var given ? given : StableId(message.Id);
        return new DeadLetter(
            id, message.Id, queue, message.Body, message.Text("siaga-code") ?? "delivery_limit", message.Text("siaga-reason") ?? "The broker gave it up.",
            (int)message.Number("siaga-attempts"), message.Time("siaga-died-at") ?? message.PublishedAt);
    }

    private static long StableId(string messageId) =>
        BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(messageId))) & long.MaxValue;
}
