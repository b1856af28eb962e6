using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>What the serialiser does that a type does not show.</summary>
internal static class SchemaRules
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // What is null is left out, so what may be null is never there for certain.
        if (schema is { Required: { Count: > 0 } required, Properties: { } properties })
        {
            foreach (var name in required.Where(name => properties.TryGetValue(name, out var property) && MayBeNull(property)).ToList())
                required.Remove(name);
        }

        // Older clients send some numbers as text; those that are read so, say so.
        if (context.JsonPropertyInfo?.NumberHandling?.HasFlag(JsonNumberHandling.AllowReadingFromString) == true)
            schema.Type |= JsonSchemaType.String;
        return Task.CompletedTask;
    }

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true
        || (schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Any(s => s.Type == JsonSchemaType.Null);

    public static IOpenApiSchema Of(QueryParameter parameter) => new OpenApiSchema
    {
        Type = parameter.Kind == ParameterKind.Number ? JsonSchemaType.Integer : JsonSchemaType.String,
        Format = parameter.Kind switch
        {
            ParameterKind.Number => "int64",
            ParameterKind.Time => "date-time",
            _ => null,
        },
        Minimum = parameter.Range?.Least.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = parameter.Range?.Most.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Enum = parameter.Values.Count == 0 ? null : [.. parameter.Values.Select(v => (JsonNode)JsonValue.Create(v)!)],
    };
}
