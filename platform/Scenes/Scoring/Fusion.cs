using Siaga.Scenes.Learning;

namespace Siaga.Scenes.Scoring;

/// <summary>
/// Combines five surprises into one score. Speed and the scene as a whole count fully: they are independent, so their logarithms add up.
/// Size, place and direction correlate with them and with each other, and are high when people merely differ: they have little weight
/// until they are rarer than one moment in a hundred.
/// </summary>
internal sealed class Fusion
{
    // The low weight, and the surprise from which an attribute counts fully: one moment in a hundred.
    private const double Whisper = 0.1;
    private const double Speech = 2;

    private readonly Surprise[] _surprises;

    public Fusion(SceneStatistics statistics) => _surprises = [.. statistics.HeldOut.Select(h => new Surprise(h))];

    /// <param name="scores">The attributes' surprises.</param>
    /// <param name="attribute">Receives the attribute that contributes most.</param>
    /// <returns>At least 0; about 1 in ordinary moments, and each 1 more is about ten times as rare.</returns>
    public double Of(in AttributeScores scores, out SceneAttribute attribute)
    {
        var (sum, most) = (0.0, double.NegativeInfinity);
        attribute = SceneAttribute.Speed;
        for (var k = 0; k < Attributes.Count; k++)
        {
            var part = Part((SceneAttribute)k, _surprises[k].Of(scores[k]));
            sum += part;
            if (part > most)
                (most, attribute) = (part, (SceneAttribute)k);
        }

        return sum;
    }

    private static double Part(SceneAttribute attribute, double surprise) => attribute switch
    {
        SceneAttribute.Speed => surprise,
        SceneAttribute.Scene => surprise,
        _ => (Whisper * surprise) + Math.Max(surprise - Speech, 0),
    };
}
