using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>Wakes consumers that have nothing to do: which lane has got something. Nothing rests on it; one that hears nothing finds out by looking.</summary>
/// <param name="link">To the server.</param>
/// <param name="exchange">Where consumers listen.</param>
/// <param name="pulled">Lanes that consumers look into; to the others the server sends by itself.</param>
/// <param name="patience">How long the server is waited for.</param>
/// <param name="logger">What goes wrong.</param>
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

    [LoggerMessage(1401, LogLevel.Debug, "RabbitMQ: consumers were not told that messages came")]
    private partial void LogFailure(Exception exception);
}
