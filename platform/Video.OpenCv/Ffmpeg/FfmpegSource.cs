using OpenCvSharp;

namespace Siaga.Video.OpenCv.Ffmpeg;

/// <summary>
/// Decodes with the system's FFmpeg and converts to BGR like OpenCV's capture (bicubic flags, default colour space, rotated upright), so
/// that a model sees exactly the pixels of its training. One thread for each clip.
/// </summary>
internal sealed unsafe class FfmpegSource : IFrameSource
{
    // Containers that cameras and phones record. Other demuxers read playlists, text or networks, which an untrusted file must not trigger.
    private const string Containers = "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,ogg,h264,hevc,mjpeg,mpjpeg,ivf,mxf,wtv";

    // 8192 × 8192 pixels, far above any camera; such a picture has 200 MB.
    private const string MaxPixels = "67108864";

    /// <summary>A damaged clip ends after so many packets in a row without a picture (OpenCV's own limit).</summary>
    private const int MaxFruitlessPackets = 512;

    private nint _format;
    private nint _decoder;
    private nint _packet = Native.AllocatePacket();
    private nint _frame = Native.AllocateFrame();
    private nint _scaler;
    private readonly nint _stream;
    private readonly int _index;
    private readonly int _rotation;
    private readonly Mat _rows = new();
    private bool _atEnd;

    public FfmpegSource(string path)
    {
        nint codec;
        try
        {
            Open(path);
            _index = Native.FindBestStream(_format, Native.MediaTypeVideo, -1, -1, out codec, 0);
            if (_index < 0 || codec == 0)
                throw OpenCvDecoder.Unreadable();
            for (var i = 0; i < Native.StreamCount(_format); i++)
            {
                if (i != _index)
                    Native.Discard(Native.StreamAt(_format, i), Native.DiscardAll);
            }

            _stream = Native.StreamAt(_format, _index);
            OpenDecoder(codec);
        }
        catch
        {
            Dispose();
            throw;
        }

        FramesPerSecond = Native.AverageFrameRate(_stream).Value is > 0 and var rate ? rate : Native.RealFrameRate(_stream).Value;
        HeaderFrames = HeaderFramesOf();
        _rotation = RotationOf();
    }

    public double FramesPerSecond { get; }

    public int HeaderFrames { get; }

    public VideoForm? Form => Native.CodecName(_stream) is { } codec
        ? new VideoForm(codec, Native.PixelFormatName(_stream), Native.ContainerName(_format))
        : null;

    public double? Seconds => Native.BestEffortTimeStamp(_frame) is var stamp and not Native.NoTimeStamp
        ? stamp * Native.TimeBase(_stream).Value
        : null;

    public (int Width, int Height) Size => SizeOf(_frame);

    public bool Grab()
    {
        for (var fruitless = 0; fruitless < MaxFruitlessPackets;)
        {
            var received = Native.ReceiveFrame(_decoder, _frame);
            if (received >= 0)
                return true;
            if (_atEnd)
                return false;
            if (received != Native.Again)
                fruitless++;
            fruitless += Feed() ? 1 : 0;
        }

        return false;
    }

    public bool Convert(Mat target) => Convert(_frame, target);

    public IHeldPicture Hold() => new Held(this, Native.CloneFrame(_frame));

    private (int Width, int Height) SizeOf(nint frame) => _rotation is 90 or 270
        ? (Native.Height(frame), Native.Width(frame))
        : (Native.Width(frame), Native.Height(frame));

    private bool Convert(nint frame, Mat target)
    {
        if (frame == 0)
            return false;
        var (width, height) = (Native.Width(frame), Native.Height(frame));
        _scaler = Native.Scaler(
            _scaler, width, height, Native.PixelFormat(frame), width, height, Native.PixelFormatBgr24, Native.ScaleBicubic, 0, 0, 0);
        if (_scaler == 0)
            return false;

        // The converter writes several pixels at a time, so rows have some padding at their end.
        _rows.Create(height, (width + 63) & ~63, MatType.CV_8UC3);
        var planes = stackalloc byte*[4] { _rows.DataPointer, null, null, null };
        var strides = stackalloc int[4] { (int)_rows.Step(), 0, 0, 0 };
        if (Native.Scale(_scaler, Native.Planes(frame), Native.Strides(frame), 0, height, planes, strides) != height)
            return false;
        using var picture = _rows.ColRange(0, width);
        switch (_rotation)
        {
            case 90:
                Cv2.Rotate(picture, target, RotateFlags.Rotate90Clockwise);
                break;
            case 180:
                Cv2.Rotate(picture, target, RotateFlags.Rotate180);
                break;
            case 270:
                Cv2.Rotate(picture, target, RotateFlags.Rotate90Counterclockwise);
                break;
            default:
                picture.CopyTo(target);
                break;
        }

        return true;
    }

    public void Dispose()
    {
        Native.FreeScaler(_scaler);
        _scaler = 0;
        Native.FreeDecoder(ref _decoder);
        Native.CloseInput(ref _format);
        Native.FreePacket(ref _packet);
        Native.FreeFrame(ref _frame);
        _rows.Dispose();
    }

    private void Open(string path)
    {
        nint options = 0;
        _ = Native.SetOption(ref options, "protocol_whitelist", "file", 0);
        _ = Native.SetOption(ref options, "format_whitelist", Containers, 0);
        var opened = Native.OpenInput(ref _format, $"file:{path}", 0, ref options);
        Native.FreeOptions(ref options);
        if (opened < 0 || Native.FindStreamInfo(_format, 0) < 0)
            throw OpenCvDecoder.Unreadable();
    }

    private void OpenDecoder(nint codec)
    {
        _decoder = Native.AllocateDecoder(codec);
        if (Native.SetParameters(_decoder, Native.CodecParameters(_stream)) < 0)
            throw OpenCvDecoder.Unreadable();
        nint options = 0;
        _ = Native.SetOption(ref options, "threads", "1", 0);
        _ = Native.SetOption(ref options, "max_pixels", MaxPixels, 0);
        var opened = Native.OpenDecoder(_decoder, codec, ref options);
        Native.FreeOptions(ref options);
        if (opened < 0)
            throw OpenCvDecoder.Unreadable();
    }

    /// <summary>Gives the decoder the next packet, or signals the end of the clip.</summary>
    /// <returns>True when it was a packet of the video stream.</returns>
    private bool Feed()
    {
        var read = Native.ReadPacket(_format, _packet);
        if (read == Native.Again)
            return false;
        if (read < 0)
        {
            _atEnd = true;
            _ = Native.SendPacket(_decoder, 0);
            return false;
        }

        var mine = Native.StreamIndex(_packet) == _index;
        if (mine)
            _ = Native.SendPacket(_decoder, _packet);
        Native.ReleasePacket(_packet);
        return mine;
    }

    private int HeaderFramesOf()
    {
        var count = Native.FrameCount(_stream);
        if (count <= 0)
        {
            // AV_TIME_BASE: microseconds.
            var seconds = Native.FormatDuration(_format) / 1e6;
            count = seconds > 0 ? (long)((seconds * FramesPerSecond) + 0.5) : 0;
        }

        return count is > 0 and < int.MaxValue ? (int)count : 0;
    }

    private int RotationOf()
    {
        var matrix = Native.SideData(_stream, Native.PacketDisplayMatrix, out var size);
        var angle = matrix != 0 && size >= 36 ? -Native.RotationOf(matrix) : 0;
        return double.IsFinite(angle) ? (((int)Math.Round(angle) % 360) + 360) % 360 : 0;
    }

    /// <summary>FFmpeg counts references to a picture: this one keeps the decoder from reusing it.</summary>
    private sealed class Held(FfmpegSource source, nint frame) : IHeldPicture
    {
        private nint _frame = frame;

        public (int Width, int Height) Size => _frame == 0 ? default : source.SizeOf(_frame);

        public bool Convert(Mat target) => source.Convert(_frame, target);

        public void Dispose() => Native.FreeFrame(ref _frame);
    }
}
