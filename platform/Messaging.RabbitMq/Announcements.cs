using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Wakes idle consumers by telling them which lane received a message. Best effort: a consumer that misses an announcement finds the
/// message by polling.
/// </summary>
/// <param name="link">The connection to the server.</param>
/// <param name="exchange">The exchange that consumers listen to.</param>
/// <param name="pulled">Lanes that consumers pull from; the server pushes the messages of all others.</param>
/// <param name="patience">Time limit for the server to respond.</param>
/// <param name="logger">Logs failures.</param>
internal sealed partial class Announcements(Link link, string exchange, HashSet<string> pulled, TimeSpan patience, ILogger logger)
{
    private IChannel? _channel;

    public async Task SendAsync(IEnumerable<string> queues)
    {
        var lanes = queues.Where(pulled.Contains).Distinct(StringComparer.Ordinal).ToList();
        if (lanes.Count == 0)
            return;
        try
        {
            using var limit = new CancellationTokenSource(patience);
            if (_channel is not { IsOpen: true } channel)
                _channel = channel = await (await link.GetAsync(limit.Token)).CreateChannelAsync(cancellationToken: limit.Token);
            foreach (var lane in lanes)
                await channel.BasicPublishAsync(exchange, lane, mandatory: false, ReadOnlyMemory<byte>.Empty, limit.Token);
        }
        catch (Exception e)
        {
            LogFailure(e);
        }
    }

    [LoggerMessage(1401, LogLevel.Debug, "RabbitMQ: consumers were not told of new messages")]
    private partial void LogFailure(Exception exception);
}
