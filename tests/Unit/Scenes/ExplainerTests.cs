using System.Numerics;
using Siaga.Scenes;
using Siaga.Scenes.Imaging;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class ExplainerTests
{
    // Ten pixels of the clip for one of the working picture.
    private static readonly (int Width, int Height) s_source = (640, 320);

    private readonly MomentScorer _scorer = new(new SceneModel(ScenesWithAPast.Empty()));
    private readonly Explainer _explainer;

    public ExplainerTests() => _explainer = new Explainer(_scorer, 1.5);

    [Fact]
    public void The_place_is_where_the_evidence_is_in_pixels_of_the_clip()
    {
        See(ScenesWithAPast.Frame([11]));
        Assert.Equal(new SceneBox(240, 80, 80, 80), _explainer.Box(SceneAttribute.Place, [], s_source));
    }

    [Fact]
    public void What_hangs_together_and_is_half_as_strong_is_one_place()
    {
        See(ScenesWithAPast.Frame([11, 12, 31]));
        Assert.Equal(new SceneBox(240, 80, 160, 80), _explainer.Box(SceneAttribute.Place, [], s_source));
    }

    [Fact]
    public void Without_evidence_there_is_no_place()
    {
        Assert.Equal(default, _explainer.Box(SceneAttribute.Speed, [], s_source));
        Assert.Equal(default, _explainer.Box(SceneAttribute.Scene, new byte[Thumbnail.Length], s_source));
    }

    [Fact]
    public void A_reason_has_the_value_here_beside_what_is_usual()
    {
        var scorer = new MomentScorer(new SceneModel(ScenesWithAPast.Busy()));
        var explainer = new Explainer(scorer, 1.5);
        var frame = ScenesWithAPast.Frame([11]);
        (frame.LogSpeed[0], frame.Size[0]) = (MathF.Log(6.05f), 0.6f);
        scorer.Next(frame, new byte[Thumbnail.Length]);
        var speed = explainer.Reason(SceneAttribute.Speed, frame, default);
        Assert.Equal((60, 20), (Math.Round(speed.Here), Math.Round(speed.Usual)));
        var size = explainer.Reason(SceneAttribute.Size, frame, default);
        Assert.Equal((0.6, 0.2), (Math.Round(size.Here, 2), Math.Round(size.Usual, 2)));
        Assert.Equal(0.5, explainer.Reason(SceneAttribute.Direction, frame, default).Here, 0.02);
        Assert.InRange(explainer.Reason(SceneAttribute.Place, frame, default).Here, 0.97, 1);
    }

    [Fact]
    public void Without_motion_or_without_an_active_cell_nothing_is_here()
    {
        var frame = ScenesWithAPast.Frame([11]);
        frame.HasMotion = false;
        See(frame);
        Assert.Equal(0, _explainer.Reason(SceneAttribute.Speed, frame, default).Here);
        var empty = ScenesWithAPast.Frame([]);
        Assert.Equal(0, _explainer.Reason(SceneAttribute.Size, empty, default).Here);
        Assert.Equal(0, _explainer.Reason(SceneAttribute.Direction, empty, default).Here);
    }

    [Fact]
    public void The_scene_is_told_by_its_distance_and_what_is_seldom_exceeded() => Assert.Equal(
        new SceneReason(SceneAttribute.Scene, 3, 1.5, 0),
        _explainer.Reason(SceneAttribute.Scene, ScenesWithAPast.Frame([]), new AttributeScores(Vector4.Zero, 3)));

    private void See(CellFrame frame) => _scorer.Next(frame, new byte[Thumbnail.Length]);
}
