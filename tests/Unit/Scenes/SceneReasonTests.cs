using Siaga.Scenes;

namespace Siaga.Tests.Unit.Scenes;

/// <summary>The English sentences of the scene detector.</summary>
public sealed class SceneReasonTests
{
    [Theory]
    [InlineData(SceneAttribute.Speed, 27, 6, "About 4 times faster than usual here.")]
    [InlineData(SceneAttribute.Speed, 10, 6, "About 1.7 times faster than usual here.")]
    [InlineData(SceneAttribute.Speed, 7, 6, "Faster than usual here.")]
    [InlineData(SceneAttribute.Speed, 27, 0, "More than 20 times faster than usual here.")]
    [InlineData(SceneAttribute.Speed, 0, 0, "Faster than usual here.")]
    [InlineData(SceneAttribute.Size, 0.41, 0.09, "About 5 times as much movement as usual here.")]
    [InlineData(SceneAttribute.Size, 0.1, 0.09, "More movement than usual here.")]
    [InlineData(SceneAttribute.Place, 0.00301, 0, "Activity in a normally empty area (active 0.3 % of the time).")]
    [InlineData(SceneAttribute.Place, 0.0002, 0, "Activity in a normally empty area (active 0.02 % of the time).")]
    [InlineData(SceneAttribute.Place, 0, 0, "Activity in a normally empty area (active less than 0.01 % of the time).")]
    [InlineData(SceneAttribute.Direction, 0.12, 0, "Moves in a direction that is rare here (12 % of movements).")]
    [InlineData(SceneAttribute.Scene, 7.1, 5.1, "The picture as a whole looks unlike anything seen here before.")]
    public void A_reason_is_a_sentence_of_plain_words(SceneAttribute attribute, double here, double usual, string sentence) =>
        Assert.Equal(sentence, new SceneReason(attribute, here, usual, 0).ToSentence());
}
