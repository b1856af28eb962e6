using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>
/// Names schemas. Every use case calls its types Request, Response and Item, so the schema's name includes the use case.
/// </summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name is null || type.Type.DeclaringType is not { } useCase || type.Type.IsGenericType
            ? name
            : $"{useCase.Name}{type.Type.Name}";
    }
}
