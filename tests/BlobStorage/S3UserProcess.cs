using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Amazon.S3;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.BlobStorage;

/// <summary>
/// What <see cref="S3IsolationTests"/> runs as a process of its own. It prints <c>connect ADDRESS</c> and <c>resolve NAME</c> for every
/// connection and name server query, and <c>link URL</c>.
/// </summary>
internal static class S3UserProcess
{
    /// <summary>Bytes of an object that is sent in two parts.</summary>
    public const int TwoParts = S3Options.SmallestPart + 1000;

    /// <summary>Uses a storage for everything that it can do.</summary>
    public static async Task<int> UseStorageAsync(Uri endpoint)
    {
        using var watch = new NetworkWatch();
        var options = new S3Options
        {
            Endpoint = endpoint,
            Bucket = "clips",
            AccessKey = "configured-key",
            SecretKey = "configured-secret",
            Region = "configured-region",
        };
        using var storage = new S3BlobStorage(options, TimeProvider.System);
        await storage.PrepareAsync(makeBucket: true, default);
        await storage.CheckAsync(default);
        await UploadAsync(storage, "7/1/a.mp4", "7/1/a.mp4", 10);
        await UploadAsync(storage, "0/0/likely.mp4", "7/1/b.mp4", TwoParts);
        await storage.FindAsync("7/1/a.mp4", default);
        await using (await storage.OpenReadAsync("7/1/a.mp4", default))
        {
            // Opening is the request.
        }

        await foreach (var blob in storage.ListAsync("", default))
            Console.WriteLine($"found {blob.Key}");
        await storage.DeleteAsync("7/1/a.mp4", default);
        Console.WriteLine($"link {storage.CreateReadUrl("7/1/a.mp4", TimeSpan.FromMinutes(5))}");
        watch.Print();
        return 0;
    }

    /// <summary>
    /// Uses the library as it is without settings, but for two that it refuses for a server which is not Amazon's.
    /// </summary>
    public static async Task<int> UseBareLibraryAsync()
    {
        using var client = new AmazonS3Client(new AmazonS3Config { UseDualstackEndpoint = false, UseFIPSEndpoint = false });
        await client.ListBucketsAsync();
        return 0;
    }

    private static async Task UploadAsync(S3BlobStorage storage, string likelyKey, string key, int size)
    {
        await using var upload = await storage.BeginUploadAsync(likelyKey, default);
        await upload.Content.WriteAsync(new byte[size]);
        await upload.CommitAsync(key, default);
    }

    /// <summary>Collects every connection and name server query of this process.</summary>
    private sealed class NetworkWatch : EventListener
    {
        // Events of sources that exist already arrive while the base class is constructed.
        private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

        public void Print()
        {
            foreach (var line in _seen.Keys)
                Console.WriteLine(line);
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution")
                EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData is { EventName: "ConnectStart", Payload: [var address, ..] })
                _seen.TryAdd($"connect {address}", true);
            else if (eventData is { EventName: "ResolutionStart", Payload: [var name, ..] })
                _seen.TryAdd($"resolve {name}", true);
        }
    }
}
