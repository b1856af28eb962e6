using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>Adds the document-wide parts: title, security schemes and the problem schema. Paths and schemas are sorted.</summary>
internal sealed class DocumentContract : IOpenApiDocumentTransformer
{
    public const string ProblemSchema = "Problem";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Siaga",
            Version = "1",
            Description =
                "JSON in snake_case; ids are numbers; times are RFC 3339 with an offset; a field that has no value is "
                + "left out; lists are bare "
                + "arrays, `[]` when empty. A failure is a problem document (RFC 9457): programs compare `code`, people read `error`.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        var components = document.Components ??= new OpenApiComponents();
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        components.Schemas[ProblemSchema] = Problem();
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [SecurityMetadata.Person] = Bearer("A person's token, from `POST /api/login`.", "JWT"),
            [SecurityMetadata.CameraBearer] = Bearer("A camera's key, `sck_…`.", "opaque"),
            [SecurityMetadata.CameraKey] = Header("X-Camera-Key", "A camera's key, `sck_…`."),
            [SecurityMetadata.WorkerBearer] = Bearer("A worker's token.", "JWT or opaque"),
            [SecurityMetadata.WorkerToken] = Header("X-Worker-Token", "A worker's token."),
        };
        Sort(document);
        return Task.CompletedTask;
    }

    private static void Sort(OpenApiDocument document)
    {
        var paths = document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        document.Paths = [];
        foreach (var (path, item) in paths)
            document.Paths.Add(path, item);
        document.Components!.Schemas = document.Components.Schemas!.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary();
        document.Tags = document.Tags is null
            ? null
            : new SortedSet<OpenApiTag>(document.Tags, Comparer<OpenApiTag>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name)));
    }

    private static OpenApiSecurityScheme Bearer(string about, string format) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = format, Description = about };

    private static OpenApiSecurityScheme Header(string name, string about) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = name, Description = about };

    private static OpenApiSchema Problem()
    {
        OpenApiSchema Text(string about) => new() { Type = JsonSchemaType.String, Description = about };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A failure (RFC 9457).",
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "code", "error" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text("`urn:siaga:error:{code}`."),
                ["title"] = Text("The status in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("One sentence: what is wrong and what to do."),
                ["code"] = Text("Stable, for programs."),
                ["error"] = Text("The same as `detail`; older clients read it."),
            },
            Examples =
            [
                new JsonObject
                {
                    ["type"] = "urn:siaga:error:camera_not_found",
                    ["title"] = "Not Found",
                    ["status"] = 404,
                    ["detail"] = "There is no such camera.",
                    ["code"] = "camera_not_found",
                    ["error"] = "There is no such camera.",
                },
            ],
        };
    }
}
