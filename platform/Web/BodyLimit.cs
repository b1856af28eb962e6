using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace Siaga.Web;

/// <summary>How large a body an endpoint takes; more is answered 413 without reading it all.</summary>
/// <param name="bytes">Bytes.</param>
public sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    /// <summary>For what people send: 64 KiB.</summary>
    public const long SmallBytes = 64 * 1024;

    /// <summary>For a worker's report: 2 MiB.</summary>
    public const long ReportBytes = 2 * 1024 * 1024;

    public long? MaxRequestBodySize { get; } = bytes;
}

public static class BodyLimitExtensions
{
    /// <summary>Takes at most so many bytes; the innermost limit counts.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder builder, long bytes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BodyLimit(bytes));
}
