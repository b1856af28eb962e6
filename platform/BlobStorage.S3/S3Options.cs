namespace Siaga.BlobStorage.S3;

/// <summary>Settings of <see cref="S3BlobStorage"/>.</summary>
public sealed record S3Options
{
    /// <summary>The smallest part that S3 accepts, except for the last. Bytes.</summary>
    public const int SmallestPart = 5 << 20;

    /// <summary>The address at which this service reaches the storage, such as <c>http://s3:9000</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The address at which browsers and phones reach it, used in links to clips. Default: <see cref="Endpoint"/>.</summary>
    public Uri? PublicEndpoint { get; init; }

    public required string Bucket { get; init; }

    public required string AccessKey { get; init; }

    public required string SecretKey { get; init; }

    /// <summary>The region in signatures. Default <c>us-east-1</c>, which most servers without regions expect.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Puts the bucket into the host name (<c>bucket.host</c>) instead of the path.</summary>
    public bool VirtualHosted { get; init; }

    /// <summary>
    /// Bytes of an upload that are buffered and sent at once; larger clips are sent in several
    /// parts. Default 5 MiB, the smallest that S3 accepts.
    /// </summary>
    public int PartBytes { get; init; } = SmallestPart;

    /// <summary>Time limit for a request, and for each read of a response. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times a repeatable request is tried in total. Default 3.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>Connects to hosts whose name no DNS server knows; for tests.</summary>
    internal Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? Connect { get; init; }
}
