using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>Adds what the serialiser does and the type does not show.</summary>
internal static class SchemaRules
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Null properties are omitted from JSON, so a nullable property is never required.
        if (schema is { Required: { Count: > 0 } required, Properties: { } properties })
        {
            foreach (var name in required.Where(name => properties.TryGetValue(name, out var property) && MayBeNull(property)).ToList())
                required.Remove(name);
        }

        // Some older clients send numbers as strings; the schema says where that is accepted.
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
