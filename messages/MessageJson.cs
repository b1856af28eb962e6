using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>JSON of messages and of calls between services: snake_case, UTC, nulls left out. Generated at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(SnakeCaseEnumConverter<AnalysisState>)])]
[JsonSerializable(typeof(AnalysisRecorded))]
[JsonSerializable(typeof(CameraKeyChanges))]
[JsonSerializable(typeof(CameraKeyInfo))]
[JsonSerializable(typeof(CameraKeyQuery))]
[JsonSerializable(typeof(CameraKeyUses))]
[JsonSerializable(typeof(CameraOwner))]
[JsonSerializable(typeof(CameraPurged))]
[JsonSerializable(typeof(AnomalyPicture))]
[JsonSerializable(typeof(ClipProducts))]
[JsonSerializable(typeof(ClipProductsAnswer))]
[JsonSerializable(typeof(Recorded))]
[JsonSerializable(typeof(ReportAnalysisRequest))]
[JsonSerializable(typeof(ClipIsNormal))]
[JsonSerializable(typeof(ClipStored))]
[JsonSerializable(typeof(PlayableNote))]
[JsonSerializable(typeof(PlayableWanted))]
[JsonSerializable(typeof(SceneInfo))]
[JsonSerializable(typeof(SceneUpdateAnswer))]
[JsonSerializable(typeof(SceneUpdateNote))]
[JsonSerializable(typeof(SceneVersionNote))]
[JsonSerializable(typeof(StoredCameraPicture))]
[JsonSerializable(typeof(StoredPicture))]
[JsonSerializable(typeof(WaitingSceneUpdates))]
public sealed partial class MessageJsonContext : JsonSerializerContext;

/// <summary>Enums by name, in snake_case.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>JSON of messages whose type is not in <see cref="MessageJsonContext"/>: snake_case, UTC, nulls left out.</summary>
public static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
