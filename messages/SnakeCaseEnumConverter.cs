using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>Writes an enum by its names in snake_case, whatever the serializer's options are; refuses numbers and unknown names.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
