namespace Siaga.Keras.Weights;

/// <summary>A model's weights in a file.</summary>
internal interface IWeightSource
{
    /// <summary>The weights of a layer of the outermost model.</summary>
    /// <param name="plan">The weights that the layer should have.</param>
    /// <param name="folder">The layer's folder in an archive: the class name and a number.</param>
    WeightNode Of(WeightPlan plan, string folder);
}
