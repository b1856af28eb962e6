using Siaga.Scenes.Learning;

namespace Siaga.Scenes.Scoring;

/// <summary>
/// One number from five surprises. Speed and the scene as a whole speak for themselves: independent witnesses, whose logarithms add up. Size,
/// place and direction are correlated with them and with each other, and loud where people merely differ: they whisper, until they are
/// surer than one moment in a hundred is.
/// </summary>
internal sealed class Fusion
{
    // The whisper's loudness, and from where on it is speech: surprise of one in a hundred.
    private const double Whisper = 0.1;
    private const double Speech = 2;

    private readonly Surprise[] _surprises;

    public Fusion(SceneStatistics statistics) => _surprises = [.. statistics.HeldOut.Select(h => new Surprise(h))];

    /// <param name="scores">What the attributes say.</param>
    /// <param name="attribute">Receives which of them contributes most.</param>
    /// <returns>At least 0; some 1 in ordinary moments, and each 1 more is about ten times as rare.</returns>
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
