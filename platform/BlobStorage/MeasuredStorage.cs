using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Siaga.BlobStorage;

/// <summary>Counts the failures of a storage by operation. Results and exceptions pass through unchanged.</summary>
public sealed class MeasuredStorage(IBlobStorage inner) : IBlobStorage, IDisposable
{
    private readonly StorageErrors _errors = new();

    public async Task<IBlobUpload> BeginUploadAsync(string likelyKey, CancellationToken cancellationToken) =>
        new MeasuredUpload(await _errors.CountAsync("write", () => inner.BeginUploadAsync(likelyKey, cancellationToken)), _errors);

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _errors.CountAsync("read", () => inner.OpenReadAsync(key, cancellationToken));

    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken) =>
        _errors.CountAsync("read", () => inner.FindAsync(key, cancellationToken));

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        _errors.CountAsync("delete", () => inner.DeleteAsync(key, cancellationToken));

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public string CreateReadUrl(string key, TimeSpan lifetime) => inner.CreateReadUrl(key, lifetime);

    public Task CheckAsync(CancellationToken cancellationToken) => _errors.CountAsync("check", () => inner.CheckAsync(cancellationToken));

    public void Dispose() => _errors.Dispose();

    private sealed class MeasuredUpload(IBlobUpload inner, StorageErrors errors) : IBlobUpload
    {
        public Stream Content { get; } = new MeasuredWrites(inner.Content, errors);

        public Task CommitAsync(string key, CancellationToken cancellationToken) =>
            errors.CountAsync("write", () => inner.CommitAsync(key, cancellationToken));

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>The upload's content stream, with failed writes counted.</summary>
    private sealed class MeasuredWrites(Stream inner, StorageErrors errors) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var writing = inner.WriteAsync(buffer, cancellationToken);
            return writing.IsCompletedSuccessfully ? writing : new ValueTask(errors.CountAsync("write", writing.AsTask));
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) =>
            errors.CountAsync("write", () => inner.FlushAsync(cancellationToken));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

/// <summary>The counter of storage failures.</summary>
internal sealed class StorageErrors : IDisposable
{
    private readonly Meter _meter = new("Siaga.BlobStorage");
    private readonly ConcurrentDictionary<(string Operation, string Reason), long> _counts = new();

    public StorageErrors()
    {
        // Export zeros from the start, so that a rate can be computed when the first error occurs.
        foreach (var operation in (string[])["read", "write", "delete", "check"])
            _counts[(operation, "unavailable")] = 0;
        _meter.CreateObservableCounter(
            "siaga.storage.errors",
            () => _counts.Select(c => new Measurement<long>(c.Value, new("operation", c.Key.Operation), new("reason", c.Key.Reason))),
            "{error}",
            "Failed storage operations, by operation and reason.");
    }

    /// <param name="work">Called here, because it may throw before it returns a task.</param>
    public async Task CountAsync(string operation, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (IOException e)
        {
            Failed(operation, e);
            throw;
        }
    }

    /// <inheritdoc cref="CountAsync(string, Func{Task})"/>
    public async Task<T> CountAsync<T>(string operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (IOException e)
        {
            Failed(operation, e);
            throw;
        }
    }

    public void Dispose() => _meter.Dispose();

    private void Failed(string operation, IOException e) =>
        _counts.AddOrUpdate((operation, e is StorageFullException ? "full" : "unavailable"), 1, (_, count) => count + 1);
}
