using System.Text.Json;

namespace Siaga.Messages;

/// <summary>
/// What a worker made of a clip besides its result, stored already, in one call. <c>PUT /internal/cameras/{id}/products</c>. Each part is
/// stored or refused on its own; null: there is none.
/// </summary>
public sealed record ClipProducts
{
    public AnomalyPicture? AnomalyPicture { get; init; }

    public StoredCameraPicture? CameraPicture { get; init; }

    public SceneUpdateNote? SceneUpdate { get; init; }
}

/// <summary>The picture of an anomaly, stored beside its clip.</summary>
/// <param name="AnomalyId">The anomaly that it shows.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record AnomalyPicture(long AnomalyId, string StorageKey, long Size, string Sha256);

/// <summary>What became of each part; null for a part that was not sent, or that this Backend does not know.</summary>
public sealed record ClipProductsAnswer
{
    public ProductAnswer? AnomalyPicture { get; init; }

    public ProductAnswer? CameraPicture { get; init; }

    public ProductAnswer? SceneUpdate { get; init; }
}

/// <param name="Status">As a call of its own would be answered: 200, 400, 404, 409 or 503.</param>
/// <param name="Body">The answer of a part that was taken; null when it has none.</param>
public sealed record ProductAnswer(int Status, JsonElement? Body = null);
