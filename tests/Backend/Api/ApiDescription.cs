using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Siaga.Tests.Backend.Api;

/// <param name="Method">In upper case.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Node">The operation in the document.</param>
internal sealed record ApiOperation(string Method, string Path, JsonObject Node)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<JsonObject> Parameters => (Node["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject());

    public JsonObject? Body => Node["requestBody"]?["content"]?.AsObject();

    public JsonObject Responses => Node["responses"]!.AsObject();

    public IEnumerable<string> Schemes => Node["security"]!.AsArray().SelectMany(s => s!.AsObject().Select(p => p.Key));
}

/// <summary>The API's document, and the check of responses against it.</summary>
internal sealed class ApiDescription
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public ApiDescription(string json)
    {
        _document = JsonNode.Parse(json)!.AsObject();
        Operations =
        [
            .. _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
                .Select(o => new ApiOperation(o.Key.ToUpperInvariant(), path.Key, o.Value!.AsObject()))),
        ];
    }

    public string Version => (string)_document["openapi"]!;

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDescription> ReadAsync(BackendHost host)
    {
        var answer = await host.Anonymous.GetAsync("/openapi/v1.json");
        Assert.Equal(200, answer.Status);
        return new ApiDescription(answer.Text);
    }

    /// <summary>How a response differs from the document; null when it fits.</summary>
    public string? Misfit(ApiOperation operation, int status, string? mediaType, string body)
    {
        if (operation.Responses[$"{status}"] is not JsonObject response)
            return $"status {status} is not documented";
        if (response["content"] is not JsonObject { Count: > 0 } content)
            return body.Length == 0 ? null : $"status {status} has a body that is not documented";
        if (mediaType is null || content[mediaType] is not JsonObject media)
            return $"status {status} comes as '{mediaType}', documented are {string.Join(", ", content.Select(c => c.Key))}";
        return mediaType.EndsWith("json", StringComparison.Ordinal) ? Misfit(media["schema"]!, body) : null;
    }

    /// <summary>How a JSON text differs from a schema of the document; null when it fits.</summary>
    public string? Misfit(JsonNode schema, string json)
    {
        // Compiling a schema is slow, and most responses share a few.
        var name = schema.ToJsonString();
        if (!_schemas.TryGetValue(name, out var known))
            _schemas[name] = known = Compile(schema);
        using var parsed = JsonDocument.Parse(json);
        var result = known.Evaluate(parsed.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? null
            : string.Join("; ", (result.Details ?? []).Where(d => d.Errors is not null).SelectMany(
                d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")));
    }

    /// <summary>The object that a <c>$ref</c> points to, or the schema itself.</summary>
    public JsonObject Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? _document["components"]!["schemas"]![((string)reference!).Split('/')[^1]]!.AsObject()
        : schema.AsObject();

    // Compile the schema with the document's other schemas beside it, for references.
    private JsonSchema Compile(JsonNode schema)
    {
        var alone = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$defs"] = _document["components"]!["schemas"]!.DeepClone(),
            ["allOf"] = new JsonArray(schema.DeepClone()),
        };
        return JsonSchema.FromText(alone.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    }
}
