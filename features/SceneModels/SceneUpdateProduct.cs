using System.Text.Json;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Primitives;

namespace Siaga.SceneModels;

/// <summary>A clip's scene update, reported with the clip's other products after its object was stored.</summary>
internal sealed class SceneUpdateProduct(SubmitSceneUpdate.Handler handler) : IClipProduct
{
    public string Part => "scene_update";

    public async Task<Result<JsonElement>> TakeAsync(long cameraId, JsonElement product, CancellationToken cancellationToken)
    {
        var note = product.Deserialize(MessageJsonContext.Default.SceneUpdateNote) ?? throw new JsonException();
        var answer = await handler.RunAsync(cameraId, note, cancellationToken);
        return answer.IsOk
            ? JsonSerializer.SerializeToElement(answer.Value, MessageJsonContext.Default.SceneUpdateAnswer)
            : answer.Error;
    }
}
