using CsCheck;
using Siaga.Scenes;
using Siaga.Scenes.Motion;

namespace Siaga.Tests.Unit.Scenes;

public sealed class CellWindowTests
{
    [Fact]
    public void Each_cell_becomes_the_sum_of_its_window_where_cells_beyond_the_picture_are_nothing() =>
        Gen.Select(Gen.Int[3, 20], Gen.Int[3, 8], Gen.Int[0, 4], Gen.Float[0, 10].Array[160]).Sample((columns, rows, radius, values) =>
        {
            var plane = values[..(columns * rows)];
            var before = plane.ToArray();
            new CellWindow(new SceneGrid(columns * 8, rows * 8)).Sum(plane, radius, 0.5f);
            return Enumerable.Range(0, plane.Length).All(i => Math.Abs(plane[i] - (0.5 * Around(i))) < 1e-2);

            double Around(int i) => Enumerable.Range(0, before.Length)
                .Where(j => Math.Abs((j % columns) - (i % columns)) <= radius && Math.Abs((j / columns) - (i / columns)) <= radius)
                .Sum(j => (double)before[j]);
        }, iter: 100);
}
