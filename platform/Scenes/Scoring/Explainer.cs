using Siaga.Scenes.Imaging;
using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Scoring;

/// <summary>Finds where and why a moment scores as it does. Not thread-safe.</summary>
internal sealed class Explainer(MomentScorer scorer, double seldomDistance)
{
    // Share of the peak's evidence: connected cells with at least this much belong to the same thing.
    private const float SameThing = 0.5f;

    private readonly int[] _evidence = new int[scorer.Model.Grid.Cells];

    /// <summary>The place, in pixels of the clip's own picture.</summary>
    public SceneBox Box(SceneAttribute attribute, ReadOnlySpan<byte> thumbnail, (int Width, int Height) source)
    {
        if (attribute == SceneAttribute.Scene)
        {
            return scorer.Nearest < 0
                ? default
                : Scaled(scorer.Model.Novelty.Difference(thumbnail, scorer.Nearest), Thumbnail.Width, Thumbnail.Height, source);
        }

        var grid = scorer.Model.Grid;
        var peak = scorer.Field.Peak(attribute);
        var strongest = scorer.Field.Evidence[peak][(int)attribute];
        if (!(strongest > 0))
            return default;
        for (var i = 0; i < _evidence.Length; i++)
            _evidence[i] = scorer.Field.Evidence[i][(int)attribute] >= SameThing * strongest ? 1 : 0;
        return Scaled(Region.Around(peak, grid.Columns, grid.Rows, _evidence, 1), grid.Columns, grid.Rows, source);
    }

    /// <summary>The reason: the attribute's value at its peak, beside what is normal there.</summary>
    public SceneReason Reason(SceneAttribute attribute, CellFrame frame, in AttributeScores scores)
    {
        if (attribute == SceneAttribute.Scene)
            return new SceneReason(attribute, scores[(int)attribute], seldomDistance, 0);
        var peak = scorer.Field.Peak(attribute);
        var n = Nearest(frame, peak);
        var model = scorer.Model;
        switch (attribute)
        {
            case SceneAttribute.Speed:
                var (usual, high) = model.SpeedAt(peak);
                var here = n < 0 || !frame.HasMotion ? 0 : Math.Exp(frame.LogSpeed[n]) - 0.05;
                return new SceneReason(attribute, here * 10, Math.Max(usual * 10, 0), (high - usual) * 10);
            case SceneAttribute.Size:
                var (mean, deviation) = model.SizeAt(peak);
                return new SceneReason(attribute, n < 0 ? 0 : frame.Size[n], mean, deviation);
            case SceneAttribute.Place:
                return new SceneReason(attribute, model.ActivityAt(peak), 0, 0);
            default:
                return new SceneReason(attribute, n < 0 ? 0 : model.DirectionShareAt(peak, Octant(frame, n)), 0, 0);
        }
    }

    /// <summary>The active cell nearest to a cell, or -1. Evidence may have moved slightly away from its cause.</summary>
    private static int Nearest(CellFrame frame, int cell)
    {
        var columns = frame.Grid.Columns;
        var (best, least) = (-1, int.MaxValue);
        for (var n = 0; n < frame.Count; n++)
        {
            var (dx, dy) = ((frame.Cell[n] % columns) - (cell % columns), (frame.Cell[n] / columns) - (cell / columns));
            if ((dx * dx) + (dy * dy) < least)
                (best, least) = (n, (dx * dx) + (dy * dy));
        }

        return best;
    }

    private static int Octant(CellFrame frame, int n)
    {
        var octants = frame.Octants.AsSpan(n * CellFrame.Directions, CellFrame.Directions);
        var strongest = 0;
        for (var d = 1; d < octants.Length; d++)
            strongest = octants[d] > octants[strongest] ? d : strongest;
        return strongest;
    }

    private static SceneBox Scaled((int X, int Y, int Width, int Height) box, int columns, int rows, (int Width, int Height) source)
    {
        var (left, top) = (box.X * source.Width / columns, box.Y * source.Height / rows);
        return new SceneBox(
            left, top, ((box.X + box.Width) * source.Width / columns) - left, ((box.Y + box.Height) * source.Height / rows) - top);
    }
}
