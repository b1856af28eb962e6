using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>Names of schemas. A use case's types are called Request, Response and Item, so the use case is a part of their name.</summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo type)
    {
        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return name is null || type.Type.DeclaringType is not { } useCase || type.Type.IsGenericType ? name : $"{useCase.Name}{type.Type.Name}";
    }
}
