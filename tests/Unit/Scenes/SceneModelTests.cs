using System.Numerics;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;
using Siaga.Scenes.Scoring;

namespace Siaga.Tests.Unit.Scenes;

public sealed class SceneModelTests
{
    private const int Cell = 11;

    private readonly SceneModel _busy = new(ScenesWithAPast.Busy());
    private readonly SceneModel _empty = new(ScenesWithAPast.Empty());

    [Fact]
    public void What_was_learned_is_usual()
    {
        Assert.Equal(2, _busy.SpeedAt(Cell).Usual, 0.05);
        Assert.Equal((2.05 * Math.Exp(0.14)) - 0.05, _busy.SpeedAt(Cell).High, 0.05);
        Assert.Equal(0.2, _busy.SizeAt(Cell).Mean, 0.01);
        Assert.Equal(0.02, _busy.SizeAt(Cell).Deviation, 0.001);
        Assert.InRange(_busy.ActivityAt(Cell), 0.97, 1);
        Assert.InRange(_empty.ActivityAt(Cell), 0, 0.001);
    }

    [Fact]
    public void Half_of_a_direction_comes_from_its_neighbours()
    {
        Assert.Equal(0.5, _busy.DirectionShareAt(Cell, 0), 0.02);
        Assert.Equal(0.25, _busy.DirectionShareAt(Cell, 1), 0.02);
        Assert.Equal(0.25, _busy.DirectionShareAt(Cell, 7), 0.02);
        Assert.Equal(0, _busy.DirectionShareAt(Cell, 4), 0.001);
        Assert.Equal(1 / 8.0, _empty.DirectionShareAt(Cell, 4), 0.001);
    }

    [Fact]
    public void An_ordinary_cell_stands_out_in_nothing()
    {
        var judged = _busy.Judge(ScenesWithAPast.Frame([Cell]), 0);
        Assert.Equal(0, judged.X, 0.05);
        Assert.Equal(0, judged.Y, 0.05);
        Assert.Equal(0, judged.Z, 0.05);
        Assert.InRange(judged.W, 0, 1);
    }

    [Fact]
    public void A_cell_stands_out_in_what_is_unusual_about_it()
    {
        var usual = _busy.Judge(ScenesWithAPast.Frame([Cell]), 0);
        Assert.True(Judged(f => f.LogSpeed[0] = MathF.Log(6.05f)).X > usual.X + 5);
        Assert.True(Judged(f => f.Size[0] = 0.4f).Y > usual.Y + 5);
        Assert.True(_empty.Judge(ScenesWithAPast.Frame([Cell]), 0).Z > usual.Z + 5);
        Assert.True(Judged(f => (f.Octants[0], f.Octants[4]) = (0, 0.5f)).W > usual.W + 5);
    }

    [Fact]
    public void Slower_and_smaller_than_usual_cancel_little_of_it()
    {
        Assert.Equal(-1, Judged(f => f.LogSpeed[0] = -3).X);
        Assert.Equal(-1, Judged(f => f.Size[0] = 0).Y);
    }

    [Fact]
    public void Without_motion_neither_speed_nor_direction_is_judged()
    {
        var judged = Judged(f => (f.HasMotion, f.LogSpeed[0], f.Octants[4]) = (false, 5, 0.9f));
        Assert.Equal((0, 0), (judged.X, judged.W));
    }

    [Fact]
    public void A_scene_without_a_past_lets_little_stand_out()
    {
        var judged = new SceneModel(new SceneStatistics(ScenesWithAPast.Grid)).Judge(ScenesWithAPast.Frame([Cell]), 0);
        Assert.True(judged.X < 1 && judged.Y < 1, $"{judged}");
    }

    private Vector4 Judged(Action<CellFrame> change)
    {
        var frame = ScenesWithAPast.Frame([Cell]);
        change(frame);
        return _busy.Judge(frame, 0);
    }
}
