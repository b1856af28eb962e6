using Siaga.Primitives;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <summary>Learns from whole clips, apart from looking for anomalies in them. Safe for several threads.</summary>
internal sealed class SceneTrainer(SceneDetector detector, SceneLearner learner)
{
    /// <summary>A person says that the clip is normal: all of it counts, several times over.</summary>
    public Result<SceneDelta> Believe(string path, string name, DateTimeOffset captured, SceneState state, CancellationToken cancellationToken)
    {
        const int Weight = 10;
        return detector.Watch(path, state, new SceneClip(name, captured, double.PositiveInfinity, Weight), _ => { }, cancellationToken);
    }

    /// <summary>A scene made of this clip alone: of a camera's first, or of the first after it was moved.</summary>
    public Result<SceneState> Learn(string path, CancellationToken cancellationToken)
    {
        var first = learner.Learn([path], null, null, cancellationToken);

        // The learner names the file, which is ours and of no interest to anybody.
        return first.IsOk ? first : first.Error with { Message = first.Error.Message.Replace($"{path}: ", "", StringComparison.Ordinal) };
    }
}
