using CsCheck;
using Siaga.Scenes;
using Siaga.Scenes.Learning;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

public sealed class TapedFrameTests
{
    private static readonly SceneGrid s_grid = new(64, 32);

    private static readonly Gen<(int, float[], float[], bool)> s_cells =
        Gen.Select(Gen.Int[0, 32], Gen.Float[-3, 3].Array[4 * 32], Gen.Float[0, 1].Array[8 * 32], Gen.Bool);

    [Fact]
    public void What_was_taped_is_played_back_almost_exactly() =>
        s_cells.Sample((count, values, octants, isUpset) =>
        {
            var frame = new CellFrame(s_grid) { Count = count, Gap = 0.25, HasMotion = !isUpset, IsUpset = isUpset, IsRelit = true };
            for (var n = 0; n < count; n++)
            {
                frame.Cell[n] = 31 - n;
                (frame.LogSpeed[n], frame.Size[n], frame.ShiftX[n], frame.ShiftY[n]) =
                    (values[4 * n], values[(4 * n) + 1], values[(4 * n) + 2], values[(4 * n) + 3]);
                octants.AsSpan(8 * n, 8).CopyTo(frame.Octants.AsSpan(8 * n));
            }

            var played = new CellFrame(s_grid) { Count = 7 };
            new TapedFrame(frame, [1, 2]).CopyTo(played);
            return (played.Count, played.Gap, played.HasMotion, played.IsUpset, played.IsRelit) == (count, 0.25, !isUpset, isUpset, true)
                && frame.Cell.Take(count).SequenceEqual(played.Cell.Take(count))
                && AreClose(frame.LogSpeed, played.LogSpeed, count) && AreClose(frame.Size, played.Size, count)
                && AreClose(frame.ShiftX, played.ShiftX, count) && AreClose(frame.ShiftY, played.ShiftY, count)
                && AreClose(frame.Octants, played.Octants, 8 * count);
        });

    private static bool AreClose(float[] a, float[] b, int count) =>
        a.Take(count).Zip(b).All(p => Math.Abs(p.First - p.Second) < 0.003);
}
