using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>
/// Marks an endpoint whose responses contain a secret: a token, a key, a signed link. They are never compressed, because their length would
/// leak it (BREACH).
/// </summary>
public sealed class HoldsSecret
{
    internal static HoldsSecret Instance { get; } = new();
}

public static class HoldsSecretExtensions
{
    public static TBuilder HoldsSecret<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Web.HoldsSecret.Instance);
}

/// <summary>Compresses JSON responses if the client accepts it, except those with a secret.</summary>
internal sealed class Compression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private static readonly string[] s_types = ["application/json", "application/problem+json"];

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = s_types;
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSingleton<IResponseCompressionProvider, Compression>();
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<HoldsSecret>() is null && base.ShouldCompressResponse(context);
}
