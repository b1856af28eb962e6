using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>How messages and calls between services are written: snake_case, UTC, nulls left out. Made at compile time.</summary>
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

/// <summary>How messages are written where the type is not one of <see cref="MessageJsonContext"/>: snake_case, UTC, nulls left out.</summary>
public static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
