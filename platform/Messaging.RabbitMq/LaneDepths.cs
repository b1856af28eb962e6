using RabbitMQ.Client;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// Caches how many messages each lane of a fair queue holds; refreshed at most once per <paramref name="age"/>, while publishing.
/// </summary>
internal sealed class LaneDepths(QueueNames names, TimeSpan age, TimeProvider time) : IDisposable
{
    private readonly LaneChoice _choice = new(names.Lanes.Count);
    private readonly SemaphoreSlim _turn = new(1);
    private long[] _depths = new long[names.Lanes.Count];
    private long _askedAt;
    private bool _known;

    /// <summary>Chooses the index of the lane for a group's next message.</summary>
    public async Task<int> ChooseAsync(Link link, string group, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_known || time.GetElapsedTime(_askedAt) > age)
                await AskAsync(await link.GetAsync(cancellationToken), cancellationToken);
            var lane = _choice.Choose(group, _depths);
            _depths[lane]++;
            return lane;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task AskAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var depths = new long[names.Lanes.Count];
        for (var i = 0; i < depths.Length; i++)
            depths[i] = (await channel.QueueDeclarePassiveAsync(names.Lanes[i], cancellationToken)).MessageCount;
        (_depths, _askedAt, _known) = (depths, time.GetTimestamp(), true);
    }
}
