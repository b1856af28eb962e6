using Siaga.Primitives;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>Learns from whole clips, without detecting anomalies. Thread-safe.</summary>
internal sealed class SceneTrainer(SceneDetector detector, SceneLearner learner)
{
    /// <summary>Learns a clip that a user marked as normal: all of it counts, with a higher weight.</summary>
    public Result<SceneDelta> Believe(
        string path, string name, DateTimeOffset captured, SceneState state, CancellationToken cancellationToken)
    {
        const int Weight = 10;
        return detector.Watch(path, state, new SceneClip(name, captured, double.PositiveInfinity, Weight), _ => { }, cancellationToken);
    }

    /// <summary>Makes a scene model of this clip alone: the camera's first clip, or the first after the camera was moved.</summary>
    public Result<SceneState> Learn(string path, CancellationToken cancellationToken)
    {
        var first = learner.Learn([path], null, null, cancellationToken);

        // The learner's message names the temporary file, which means nothing to a user.
        return first.IsOk ? first : first.Error with { Message = first.Error.Message.Replace($"{path}: ", "", StringComparison.Ordinal) };
    }
}
