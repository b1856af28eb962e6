using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace Siaga.Web;

/// <summary>The largest request body that an endpoint accepts, in bytes. A larger one gets 413 and is not read to its end.</summary>
public sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    /// <summary>For requests from people: 64 KiB.</summary>
    public const long SmallBytes = 64 * 1024;

    /// <summary>For a worker's report: 2 MiB.</summary>
    public const long ReportBytes = 2 * 1024 * 1024;

    public long? MaxRequestBodySize { get; } = bytes;
}

public static class BodyLimitExtensions
{
    /// <summary>
    /// Accepts at most <paramref name="bytes"/>; the limit set last, on the endpoint itself, wins over that of its group.
    /// </summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long bytes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BodyLimit(bytes));
}
