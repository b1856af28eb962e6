namespace Siaga.BlobStorage.S3;

/// <summary>Where objects are kept, and how patient we are.</summary>
public sealed record S3Options
{
    /// <summary>Smallest part that S3 takes, but for the last. Bytes.</summary>
    public const int SmallestPart = 5 << 20;

    /// <summary>Where this service reaches the storage, such as <c>http://s3:9000</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Where a browser or phone reaches it; links to clips lead there. Default: the same.</summary>
    public Uri? PublicEndpoint { get; init; }

    public required string Bucket { get; init; }

    public required string AccessKey { get; init; }

    public required string SecretKey { get; init; }

    /// <summary>As signatures name it. Default <c>us-east-1</c>, which most servers that have no regions want.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The bucket in the host's name (<c>bucket.host</c>) instead of in the path.</summary>
    public bool VirtualHosted { get; init; }

    /// <summary>Bytes kept in memory of an upload and sent at once; larger clips go in several. Default 5 MiB, the smallest that S3 takes.</summary>
    public int PartBytes { get; init; } = SmallestPart;

    /// <summary>A request, or a read of an answer, that takes longer is given up. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that may be repeated is tried. Default 3.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>How a host is reached whose name nobody knows; for tests.</summary>
    internal Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? Connect { get; init; }
}
