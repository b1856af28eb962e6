namespace Siaga.Keras.Weights;

/// <summary>Where a model's weights are.</summary>
internal interface IWeightSource
{
    /// <summary>The weights of a layer of the outermost model.</summary>
    /// <param name="plan">What it should have.</param>
    /// <param name="folder">Its folder in an archive: the class's name and a number.</param>
    WeightNode Of(WeightPlan plan, string folder);
}
