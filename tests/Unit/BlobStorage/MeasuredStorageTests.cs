using System.Diagnostics.Metrics;
using Siaga.BlobStorage;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class MeasuredStorageTests
{
    private readonly FakeStorage _inner = new();

    [Fact]
    public async Task Every_failure_is_counted_by_what_failed_and_why_and_passed_on()
    {
        using var storage = new MeasuredStorage(_inner);
        _inner.Failure = new StorageUnavailableException("Away.", new IOException());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.FindAsync("a", CancellationToken.None));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.OpenReadAsync("a", CancellationToken.None));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => storage.DeleteAsync("a", CancellationToken.None));
        _inner.Failure = new StorageFullException("Full.", new IOException());
        await Assert.ThrowsAsync<StorageFullException>(() => storage.BeginUploadAsync("a", CancellationToken.None));
        await Assert.ThrowsAsync<StorageFullException>(() => storage.CheckAsync(CancellationToken.None));
        Assert.Equal(
            ["check full 1", "check unavailable 0", "delete unavailable 1", "read unavailable 2", "write full 1", "write unavailable 0"],
            Counted());
    }

    [Fact]
    public async Task What_works_is_passed_through_and_a_bug_is_not_counted()
    {
        using var storage = new MeasuredStorage(_inner);
        await using (var upload = await storage.BeginUploadAsync("a", CancellationToken.None))
        {
            await upload.Content.WriteAsync(new byte[] { 1, 2 }, CancellationToken.None);
            await upload.Content.FlushAsync(CancellationToken.None);
            await upload.CommitAsync("a", CancellationToken.None);
        }

        Assert.Equal(2, (await storage.FindAsync("a", CancellationToken.None))!.Size);
        _inner.Failure = new InvalidOperationException();
        await Assert.ThrowsAsync<InvalidOperationException>(() => storage.FindAsync("a", CancellationToken.None));
        Assert.All(Counted(), line => Assert.EndsWith(" 0", line, StringComparison.Ordinal));
    }

    private static List<string> Counted()
    {
        var lines = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "siaga.storage.errors")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => lines.Add($"{tags[0].Value} {tags[1].Value} {value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
