using Siaga.Scenes;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class EvidenceFieldTests
{
    private const int Place = (int)SceneAttribute.Place;
    private const int Cell = 11;

    private readonly SceneModel _model = new(ScenesWithAPast.Empty());
    private readonly EvidenceField _field = new(ScenesWithAPast.Grid);

    private float Judged => _model.Judge(ScenesWithAPast.Frame([Cell]), 0)[Place];

    [Fact]
    public void A_clip_s_first_motion_counts_fully_and_its_score_is_the_mean_of_three_cells()
    {
        var scores = _field.Next(_model, ScenesWithAPast.Frame([Cell]));
        Assert.Equal(Judged, _field.Evidence[Cell][Place], 1e-4);
        Assert.Equal(Judged / 3, scores[Place], 1e-4);
        Assert.Equal(Cell, _field.Peak(SceneAttribute.Place));
        Assert.Equal(Judged, _field.Next(_model, ScenesWithAPast.Frame([8, 9, 10], gap: 10))[Place], 0.2);
    }

    [Theory]
    [InlineData(0.1, 0.7)]
    [InlineData(0.2, 0.49)]
    public void Evidence_fades_by_media_time(double gap, double left)
    {
        _field.Next(_model, ScenesWithAPast.Frame([Cell]));
        _field.Next(_model, ScenesWithAPast.Frame([], gap));
        Assert.Equal(left * Judged, _field.Evidence[Cell][Place], 1e-3);
    }

    [Theory]
    [InlineData(true, 0.1)]
    [InlineData(false, 0)]
    public void A_torn_picture_and_one_without_a_past_change_nothing(bool isUpset, double gap)
    {
        var before = _field.Next(_model, ScenesWithAPast.Frame([Cell]));
        var frame = ScenesWithAPast.Frame([3], gap);
        frame.IsUpset = isUpset;
        Assert.Equal(before, _field.Next(_model, frame));
        Assert.Equal(0, _field.Evidence[3][Place]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 0)]
    public void What_moves_carries_its_evidence_along(float shift, float carried)
    {
        _field.Next(_model, ScenesWithAPast.Frame([Cell]));
        var frame = ScenesWithAPast.Frame([Cell + 1]);
        frame.ShiftX[0] = shift;
        _field.Next(_model, frame);
        var judged = _model.Judge(frame, 0)[Place];
        Assert.Equal((0.7 * carried * Judged) + (0.3 * judged), _field.Evidence[Cell + 1][Place], 1e-2);
    }

    [Fact]
    public void What_moves_down_and_in_from_beyond_the_edge_carries_the_edge_s_evidence()
    {
        _field.Next(_model, ScenesWithAPast.Frame([0]));
        var frame = ScenesWithAPast.Frame([0, 8]);
        (frame.ShiftX[0], frame.ShiftY[0], frame.ShiftY[1]) = (5, 5, 1);
        _field.Next(_model, frame);
        Assert.True(_field.Evidence[0][Place] > 0.9 * Judged && _field.Evidence[8][Place] > 0.9 * Judged);
    }

    [Fact]
    public void Another_clip_begins_without_evidence()
    {
        _field.Next(_model, ScenesWithAPast.Frame([Cell]));
        _field.Clear();
        Assert.All(_field.Evidence.ToArray(), e => Assert.Equal(0, e[Place]));
        _field.Next(_model, ScenesWithAPast.Frame([3]));
        Assert.Equal(_model.Judge(ScenesWithAPast.Frame([3]), 0)[Place], _field.Evidence[3][Place], 1e-4);
    }
}
