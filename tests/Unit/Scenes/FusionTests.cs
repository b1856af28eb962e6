using System.Numerics;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class FusionTests
{
    // All attributes have the same past: their scores are spread evenly from 0 to 10.
    private static readonly SceneStatistics s_past = Past();
    private static readonly Surprise s_surprise = new(s_past.HeldOut[0]);

    [Theory]
    [InlineData(SceneAttribute.Speed)]
    [InlineData(SceneAttribute.Scene)]
    public void Speed_and_the_scene_count_fully(SceneAttribute attribute)
    {
        Assert.Equal(s_surprise.Of(9), Added(attribute, 9), 1e-9);
        Assert.Equal(s_surprise.Of(20), Added(attribute, 20), 1e-9);
    }

    [Theory]
    [InlineData(SceneAttribute.Size)]
    [InlineData(SceneAttribute.Place)]
    [InlineData(SceneAttribute.Direction)]
    public void The_others_count_little_until_they_are_rarer_than_one_in_a_hundred(SceneAttribute attribute)
    {
        Assert.Equal(0.1 * s_surprise.Of(9), Added(attribute, 9), 1e-9);
        Assert.True(s_surprise.Of(20) > 2);
        Assert.Equal((1.1 * s_surprise.Of(20)) - 2, Added(attribute, 20), 1e-9);
    }

    [Theory]
    [InlineData(SceneAttribute.Speed)]
    [InlineData(SceneAttribute.Size)]
    [InlineData(SceneAttribute.Place)]
    [InlineData(SceneAttribute.Direction)]
    [InlineData(SceneAttribute.Scene)]
    public void What_contributes_most_is_the_reason(SceneAttribute attribute)
    {
        new Fusion(s_past).Of(Scores(attribute, 30), out var reason);
        Assert.Equal(attribute, reason);
    }

    private static double Added(SceneAttribute attribute, double score) =>
        new Fusion(s_past).Of(Scores(attribute, score), out _) - new Fusion(s_past).Of(Scores(attribute, -2), out _);

    private static AttributeScores Scores(SceneAttribute attribute, double score)
    {
        var scores = new AttributeScores(new Vector4(-2), -2);
        scores[(int)attribute] = score;
        return scores;
    }

    private static SceneStatistics Past()
    {
        var past = new SceneStatistics(new SceneGrid(24, 24));
        foreach (var histogram in past.HeldOut)
        {
            for (var i = 0; i < 1000; i++)
                histogram.Add(i / 100.0);
        }

        return past;
    }
}
