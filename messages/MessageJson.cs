using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>JSON of messages and of calls between services: snake_case, UTC, nulls left out. Generated at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
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
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(PlayableNote))]
[JsonSerializable(typeof(PlayableWanted))]
[JsonSerializable(typeof(SceneInfo))]
[JsonSerializable(typeof(SceneUpdateAnswer))]
[JsonSerializable(typeof(SceneUpdateNote))]
[JsonSerializable(typeof(SceneVersionAnswer))]
[JsonSerializable(typeof(SceneVersionNote))]
[JsonSerializable(typeof(StoredCameraPicture))]
[JsonSerializable(typeof(StoredCameraPictureAnswer))]
[JsonSerializable(typeof(StoredPicture))]
[JsonSerializable(typeof(StoredPictureAnswer))]
[JsonSerializable(typeof(WaitingSceneUpdates))]
public sealed partial class MessageJsonContext : JsonSerializerContext;

/// <summary>JSON of messages whose type is not in <see cref="MessageJsonContext"/>: snake_case, UTC, nulls left out.</summary>
public static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
