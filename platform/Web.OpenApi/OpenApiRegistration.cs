using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Siaga.Web.OpenApi;

/// <summary>Generates the API's OpenAPI document from the code, and serves a page to try the API.</summary>
public static class OpenApiRegistration
{
    /// <summary>The document's name, for <c>AddOpenApi</c>.</summary>
    public const string DocumentName = "v1";

    private const string DocumentPath = "/openapi/v1.json";
    private const string PagePath = "/docs";

    // The page's own scripts and styles are inline. Everything else must come from this server.
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>
    /// Prepares the document that services of one process share. The caller then calls <c>AddOpenApi</c> itself, with
    /// <see cref="DocumentName"/> and <see cref="Configure"/>: descriptions come from the comments of what the calling project references.
    /// </summary>
    /// <returns>False: another service of this process has done so already.</returns>
    public static bool TryAddApiDocument(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(ApiDocument)))
            return false;
        services.AddSingleton<ApiDocument>();
        return true;
    }

    /// <summary>Settings of the document, for <c>AddOpenApi</c>.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddSchemaTransformer(SchemaRules.ApplyAsync);
        options.AddOperationTransformer<OperationContract>();
        options.AddDocumentTransformer<DocumentContract>();
    }

    /// <summary>Maps <c>/openapi/v1.json</c> and the page <c>/docs</c>. Safe to repeat; only the first call counts.</summary>
    public static void MapSiagaOpenApi(this WebApplication app)
    {
        if (!((IApplicationBuilder)app).Properties.TryAdd("Siaga.Web.OpenApi", true))
            return;
        app.MapGet(
            DocumentPath,
            async (ApiDocument document, HttpContext context) =>
                TypedResults.Bytes(await document.ReadAsync(context.RequestAborted), "application/json"))
            .AllowAnonymous().ExcludeFromDescription();
        var page = app.MapScalarApiReference(PagePath, options =>
        {
            options.Title = "Siaga's API";
            options.OpenApiRoutePattern = DocumentPath;
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
        });
        page.AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return await next(call);
        });
    }
}

/// <summary>The document as bytes. Built once, because routes do not change while the process runs.</summary>
internal sealed class ApiDocument([FromKeyedServices("v1")] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _making = new(1);
    private byte[]? _bytes;

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (_bytes is { } made)
            return made;
        await _making.WaitAsync(cancellationToken);
        try
        {
            return _bytes ??= await MakeAsync(cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    public void Dispose() => _making.Dispose();

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        return System.Text.Encoding.UTF8.GetBytes(await document.SerializeAsync(OpenApiSpecVersion.OpenApi3_1, "json", cancellationToken));
    }
}
