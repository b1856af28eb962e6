using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Scoring;

/// <summary>Scores a clip moment by moment. One clip after another; not thread-safe.</summary>
internal sealed class MomentScorer(SceneModel model)
{
    // Upset frames in a row after which the light has changed (see Background).
    private const int LightChange = 3;

    // Share, after a second, of the offset that a change of light gave the whole picture: half remains after ten minutes.
    private const double OffsetKeptASecond = 0.998845;

    private bool _hasScene;
    private double _scene;
    private double _offset;
    private int _upset;

    /// <summary>Index of the remembered picture that is most similar to the last one, or -1.</summary>
    public int Nearest { get; private set; } = -1;

    public EvidenceField Field { get; } = new(model.Grid);

    public SceneModel Model => model;

    /// <summary>Call before the first frame of another clip.</summary>
    public void Cut()
    {
        Field.Clear();
        (_hasScene, _scene, _offset, _upset) = (false, 0, 0, 0);
    }

    public AttributeScores Next(CellFrame frame, ReadOnlySpan<byte> thumbnail)
    {
        var ofCells = Field.Next(model, frame);
        _upset = frame.IsUpset ? _upset + 1 : _upset;
        if (!frame.IsUpset)
        {
            SeeScene(frame, model.Novelty.Of(thumbnail, out var nearest));
            Nearest = nearest;
        }

        return new AttributeScores(ofCells, _scene);
    }

    private void SeeScene(CellFrame frame, double distance)
    {
        // A switch of the light changes the whole picture; its effect must not count as unusual.
        if (_upset >= LightChange || (frame.IsRelit && _hasScene))
            _offset = Math.Max(distance - _scene, 0);
        _upset = 0;
        _offset *= Math.Pow(OffsetKeptASecond, frame.Gap);
        var kept = _hasScene ? Math.Pow(EvidenceField.KeptATenth, frame.Gap * 10) : 0;
        _scene = (kept * _scene) + ((1 - kept) * Math.Max(distance - _offset, 0));
        _hasScene = true;
    }
}
