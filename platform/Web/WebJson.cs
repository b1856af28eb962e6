using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Web;

/// <summary>How JSON crosses HTTP: snake_case, enums by name, absent instead of null; what nobody knows is refused.</summary>
public static class WebJson
{
    // The contract's deepest document has five levels; what goes far deeper wants to hurt.
    private const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Create();

    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
