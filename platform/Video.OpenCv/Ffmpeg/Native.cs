using System.Runtime.InteropServices;

namespace Siaga.Video.OpenCv.Ffmpeg;

/// <summary>The functions of FFmpeg 5 that decoding needs, and the offsets of fields that no function returns.</summary>
internal static unsafe partial class Native
{
    public const string AvUtil = "siaga-avutil";
    public const string AvCodec = "siaga-avcodec";
    public const string AvFormat = "siaga-avformat";
    public const string SwScale = "siaga-swscale";

    public const int LogQuiet = -8;
    public const int Again = -11;
    public const int MediaTypeVideo = 0;
    public const int PixelFormatBgr24 = 3;
    public const int PacketDisplayMatrix = 5;
    public const int DiscardAll = 48;
    public const int ScaleBicubic = 4;
    public const long NoTimeStamp = long.MinValue;

    [StructLayout(LayoutKind.Sequential)]
    public struct Rational
    {
        public int Numerator;
        public int Denominator;

        public readonly double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;
    }

    // AVFormatContext
    public static int StreamCount(nint format) => *(int*)(format + 44);

    public static nint StreamAt(nint format, int index) => (*(nint**)(format + 48))[index];

    /// <summary>The name is the first field of AVInputFormat.</summary>
    public static string? ContainerName(nint format) =>
        *(nint*)(format + 8) is var input and not 0 ? Marshal.PtrToStringUTF8(*(nint*)input) : null;

    public static long FormatDuration(nint format) => *(long*)(format + 72);

    // AVStream
    public static Rational TimeBase(nint stream) => *(Rational*)(stream + 16);

    public static long FrameCount(nint stream) => *(long*)(stream + 40);

    public static void Discard(nint stream, int what) => *(int*)(stream + 52) = what;

    public static Rational AverageFrameRate(nint stream) => *(Rational*)(stream + 72);

    public static Rational RealFrameRate(nint stream) => *(Rational*)(stream + 200);

    public static nint CodecParameters(nint stream) => *(nint*)(stream + 208);

    // AVCodecParameters
    public static string? CodecName(nint stream) => Marshal.PtrToStringUTF8(NameOfCodec(*(int*)(CodecParameters(stream) + 4)));

    public static string? PixelFormatName(nint stream) => Marshal.PtrToStringUTF8(NameOfPixelFormat(*(int*)(CodecParameters(stream) + 28)));

    // AVPacket
    public static int StreamIndex(nint packet) => *(int*)(packet + 36);

    // AVFrame
    public static byte** Planes(nint frame) => (byte**)frame;

    public static int* Strides(nint frame) => (int*)(frame + 64);

    public static int Width(nint frame) => *(int*)(frame + 104);

    public static int Height(nint frame) => *(int*)(frame + 108);

    public static int PixelFormat(nint frame) => *(int*)(frame + 116);

    public static long BestEffortTimeStamp(nint frame) => *(long*)(frame + 344);

    [LibraryImport(AvUtil, EntryPoint = "av_log_set_level")]
    public static partial void SetLogLevel(int level);

    [LibraryImport(AvUtil, EntryPoint = "av_dict_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetOption(ref nint dictionary, string key, string value, int flags);

    [LibraryImport(AvUtil, EntryPoint = "av_dict_free")]
    public static partial void FreeOptions(ref nint dictionary);

    [LibraryImport(AvUtil, EntryPoint = "av_frame_alloc")]
    public static partial nint AllocateFrame();

    /// <returns>A new reference to the same picture, without copying it; 0 when out of memory.</returns>
    [LibraryImport(AvUtil, EntryPoint = "av_frame_clone")]
    public static partial nint CloneFrame(nint frame);

    [LibraryImport(AvUtil, EntryPoint = "av_frame_free")]
    public static partial void FreeFrame(ref nint frame);

    [LibraryImport(AvUtil, EntryPoint = "av_display_rotation_get")]
    public static partial double RotationOf(nint matrix);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_get_name")]
    public static partial nint NameOfCodec(int codec);

    [LibraryImport(AvUtil, EntryPoint = "av_get_pix_fmt_name")]
    public static partial nint NameOfPixelFormat(int format);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_alloc_context3")]
    public static partial nint AllocateDecoder(nint codec);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_parameters_to_context")]
    public static partial int SetParameters(nint decoder, nint parameters);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_open2")]
    public static partial int OpenDecoder(nint decoder, nint codec, ref nint options);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_send_packet")]
    public static partial int SendPacket(nint decoder, nint packet);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_receive_frame")]
    public static partial int ReceiveFrame(nint decoder, nint frame);

    [LibraryImport(AvCodec, EntryPoint = "avcodec_free_context")]
    public static partial void FreeDecoder(ref nint decoder);

    [LibraryImport(AvCodec, EntryPoint = "av_packet_alloc")]
    public static partial nint AllocatePacket();

    [LibraryImport(AvCodec, EntryPoint = "av_packet_unref")]
    public static partial void ReleasePacket(nint packet);

    [LibraryImport(AvCodec, EntryPoint = "av_packet_free")]
    public static partial void FreePacket(ref nint packet);

    [LibraryImport(AvFormat, EntryPoint = "avformat_open_input", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenInput(ref nint format, string url, nint inputFormat, ref nint options);

    [LibraryImport(AvFormat, EntryPoint = "avformat_find_stream_info")]
    public static partial int FindStreamInfo(nint format, nint options);

    [LibraryImport(AvFormat, EntryPoint = "av_find_best_stream")]
    public static partial int FindBestStream(nint format, int mediaType, int wanted, int related, out nint codec, int flags);

    [LibraryImport(AvFormat, EntryPoint = "av_stream_get_side_data")]
    public static partial nint SideData(nint stream, int type, out nuint size);

    [LibraryImport(AvFormat, EntryPoint = "av_read_frame")]
    public static partial int ReadPacket(nint format, nint packet);

    [LibraryImport(AvFormat, EntryPoint = "avformat_close_input")]
    public static partial void CloseInput(ref nint format);

    [LibraryImport(SwScale, EntryPoint = "sws_getCachedContext")]
    public static partial nint Scaler(
        nint context, int sourceWidth, int sourceHeight, int sourceFormat, int width, int height, int format, int flags,
        nint sourceFilter, nint filter, nint parameters);

    [LibraryImport(SwScale, EntryPoint = "sws_scale")]
    public static partial int Scale(nint context, byte** source, int* sourceStrides, int y, int height, byte** target, int* targetStrides);

    [LibraryImport(SwScale, EntryPoint = "sws_freeContext")]
    public static partial void FreeScaler(nint context);
}
