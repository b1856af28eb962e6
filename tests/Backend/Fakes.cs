using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Siaga.BlobStorage;
using Siaga.Messaging;

namespace Siaga.Tests.Backend;

/// <summary>The real time plus an offset that a test sets.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _aheadTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));
}

/// <summary>An object storage in memory.</summary>
internal sealed class MemoryBlobs : IBlobStorage
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <param name="key">The object's key.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="writtenAt">Default: long ago.</param>
    public void Put(string key, byte[] bytes, DateTimeOffset? writtenAt = null)
    {
        _written[key] = writtenAt ?? DateTimeOffset.UnixEpoch;
        _objects[key] = bytes;
    }

    public IReadOnlyList<string> Keys(string prefix) => [.. _objects.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))];

    public Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        Task.FromResult<IBlobUpload>(new Upload(this));

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null);

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(_objects.TryGetValue(key, out var bytes) ? new BlobInfo(key, bytes.Length, _written.GetValueOrDefault(key)) : null);

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (key, bytes) in _objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)))
            yield return new BlobInfo(key, bytes.Length, _written.GetValueOrDefault(key));
    }

    public string CreateReadUrl(string key, TimeSpan lifetime) => $"/blobs/{key}?expires={(int)lifetime.TotalSeconds}&signature=test";

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class Upload(MemoryBlobs blobs) : IBlobUpload
    {
        private readonly MemoryStream _content = new();

        public Stream Content => _content;

        public Task CommitAsync(string key, CancellationToken cancellationToken)
        {
            blobs.Put(key, _content.ToArray());
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => _content.DisposeAsync();
    }
}

/// <summary>A broker in memory: records what is published, delivers what a test passes in.</summary>
internal sealed class MemoryBroker : IMessageBroker, IMessagePublisher
{
    private readonly ConcurrentDictionary<string, Channel<(Delivery Delivery, TaskCompletionSource<HandlingResult> Result)>> _queues = new(
        StringComparer.Ordinal);

    public ConcurrentQueue<OutgoingMessage> Published { get; } = new();

    public async Task<HandlingResult> DeliverAsync(string queue, byte[] body)
    {
        var result = new TaskCompletionSource<HandlingResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await QueueOf(
            queue).Writer.WriteAsync((new Delivery(Guid.NewGuid().ToString(), queue, body, null, 1, DateTimeOffset.UnixEpoch), result));
        return await result.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            Published.Enqueue(message);
        return Task.CompletedTask;
    }

    public async Task ConsumeAsync(
        Subscription subscription,
        Func<Delivery, CancellationToken, Task<HandlingResult>> handle,
        Func<Delivery, string, CancellationToken, Task> giveUp,
        CancellationToken cancellationToken)
    {
        await foreach (var (delivery, result) in QueueOf(subscription.Queue).Reader.ReadAllAsync(cancellationToken))
            result.SetResult(await handle(delivery, cancellationToken));
    }

    /// <summary>The dead letters that it reports.</summary>
    public ConcurrentDictionary<long, DeadLetter> Dead { get; } = new();

    public ConcurrentQueue<long> Replayed { get; } = new();

    /// <summary>True to never answer, like a server whose packets are lost.</summary>
    public bool Hangs { get; set; }

    public async Task<IReadOnlyList<QueueStatus>> GetQueuesAsync(CancellationToken cancellationToken)
    {
        if (Hangs)
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return [.. Dead.Values.GroupBy(d => d.Queue).Select(q => new QueueStatus(q.Key, 3, 1, 2.5, q.Count()))];
    }

    /// <summary>Why it accepts no messages; null when it does.</summary>
    public string? Block { get; set; }

    public Task<string?> FindBlockAsync(CancellationToken cancellationToken) => Task.FromResult(Block);

    public Task<IReadOnlyList<DeadLetter>> GetDeadLettersAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. Dead.Values.OrderBy(d => d.DiedAt).Take(limit)]);

    public Task<bool> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken)
    {
        Replayed.Enqueue(id);
        return Task.FromResult(Dead.TryRemove(id, out _));
    }

    public Task<bool> DropDeadLetterAsync(long id, CancellationToken cancellationToken) => Task.FromResult(Dead.TryRemove(id, out _));

    private Channel<(Delivery Delivery, TaskCompletionSource<HandlingResult> Result)> QueueOf(string queue) =>
        _queues.GetOrAdd(queue, _ => Channel.CreateUnbounded<(Delivery, TaskCompletionSource<HandlingResult>)>());
}
