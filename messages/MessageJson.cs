using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>How messages are written: snake_case, UTC, nulls left out.</summary>
public static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
