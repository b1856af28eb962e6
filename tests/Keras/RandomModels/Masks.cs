using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>
/// The layers whose handling of masks is the same in every release of a Keras version; other layers do not get masked tensors.
/// </summary>
internal static class Masks
{
    private static readonly HashSet<string> s_stepwise =
        ["Dense", "Activation", "Dropout", "GaussianNoise", "BatchNormalization", "LayerNormalization", "ReLU", "ELU"];

    // Softmax treats a mask as its own, of another shape; for the others releases differ.
    private static readonly HashSet<string> s_unsure =
        ["Softmax", "EinsumDense", "RMSNormalization", "Rescaling", "Normalization", "Dot", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"];

    public static bool Sure(JsonObject layer) => layer.ClassOf() switch
    {
        "TimeDistributed" => s_stepwise.Contains(layer.ConfigOf().Inner("layer").ClassOf()),
        "Sequential" or "Functional" => false,
        var name => !s_unsure.Contains(name),
    };
}
