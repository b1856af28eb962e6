using System.Text.Json.Nodes;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Where what a mask does is the same in every release of a Keras; elsewhere a masked tensor is not sent.</summary>
internal static class Masks
{
    private static readonly HashSet<string> s_stepwise = ["Dense", "Activation", "Dropout", "GaussianNoise", "BatchNormalization", "LayerNormalization", "ReLU", "ELU"];

    // Softmax takes a mask for its own, of another shape; of the others releases differ.
    private static readonly HashSet<string> s_unsure = ["Softmax", "EinsumDense", "RMSNormalization", "Rescaling", "Normalization", "Dot", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"];

    public static bool Sure(JsonObject layer) => layer.ClassOf() switch
    {
        "TimeDistributed" => s_stepwise.Contains(layer.ConfigOf().Inner("layer").ClassOf()),
        "Sequential" or "Functional" => false,
        var name => !s_unsure.Contains(name),
    };
}
