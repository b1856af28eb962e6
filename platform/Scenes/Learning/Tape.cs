using Siaga.Scenes.Motion;

namespace Siaga.Scenes.Learning;

/// <summary>What a frame showed, packed to about 18 bytes for each active cell, so that later models can score it.</summary>
internal sealed class TapedFrame
{
    private const int CellBytes = 2 + 2 + 2 + 2 + 2 + CellFrame.Directions;

    private readonly float _gap;
    private readonly bool _hasMotion;
    private readonly bool _isUpset;
    private readonly bool _isRelit;
    private readonly byte[] _cells;

    public TapedFrame(CellFrame frame, ReadOnlySpan<byte> thumbnail)
    {
        (_gap, _hasMotion, _isUpset, _isRelit) = ((float)frame.Gap, frame.HasMotion, frame.IsUpset, frame.IsRelit);
        Thumbnail = thumbnail.ToArray();
        _cells = new byte[frame.Count * CellBytes];
        for (var n = 0; n < frame.Count; n++)
        {
            var cell = _cells.AsSpan(n * CellBytes, CellBytes);
            BitConverter.TryWriteBytes(cell, (ushort)frame.Cell[n]);
            BitConverter.TryWriteBytes(cell[2..], (Half)frame.LogSpeed[n]);
            BitConverter.TryWriteBytes(cell[4..], (Half)frame.Size[n]);
            BitConverter.TryWriteBytes(cell[6..], (Half)frame.ShiftX[n]);
            BitConverter.TryWriteBytes(cell[8..], (Half)frame.ShiftY[n]);
            for (var d = 0; d < CellFrame.Directions; d++)
                cell[10 + d] = (byte)Math.Round(Math.Min(frame.Octants[(n * CellFrame.Directions) + d], 1) * 255);
        }
    }

    public byte[] Thumbnail { get; }

    public float Gap => _gap;

    public void CopyTo(CellFrame frame)
    {
        frame.Clear();
        (frame.Gap, frame.HasMotion, frame.IsUpset, frame.IsRelit, frame.Count) =
            (_gap, _hasMotion, _isUpset, _isRelit, _cells.Length / CellBytes);
        for (var n = 0; n < frame.Count; n++)
        {
            var cell = _cells.AsSpan(n * CellBytes, CellBytes);
            frame.Cell[n] = BitConverter.ToUInt16(cell);
            frame.LogSpeed[n] = (float)BitConverter.ToHalf(cell[2..]);
            frame.Size[n] = (float)BitConverter.ToHalf(cell[4..]);
            frame.ShiftX[n] = (float)BitConverter.ToHalf(cell[6..]);
            frame.ShiftY[n] = (float)BitConverter.ToHalf(cell[8..]);
            for (var d = 0; d < CellFrame.Directions; d++)
                frame.Octants[(n * CellFrame.Directions) + d] = cell[10 + d] / 255f;
        }
    }
}
