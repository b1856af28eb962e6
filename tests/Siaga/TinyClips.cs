using System.Buffers.Binary;
using System.Text;
using OpenCvSharp;

namespace Siaga.Tests.Siaga;

/// <summary>
/// The samples, cut to two seconds and scaled down: their content stays, and a clip costs about ten kilobytes and some milliseconds.
/// </summary>
internal sealed class TinyClips
{
    /// <summary>A clip that ends with this kills the worker that opens it.</summary>
    public const string Poison = "siaga-poison";

    private const int Frames = 25;
    private const int First = 40;

    private static readonly Size s_size = new(160, 120);

    private readonly List<byte[]> _clips = [];

    public TinyClips()
    {
        var folder = Directory.CreateTempSubdirectory("siaga-tiny-").FullName;
        foreach (var sample in Tree.Clips)
        {
            var path = Path.Combine(folder, Path.GetFileName(sample));
            Cut(sample, path);
            _clips.Add(File.ReadAllBytes(path));
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>
    /// A unique clip with the camera's usual content: a camera whose view changed all the time would start learning again each time.
    /// </summary>
    /// <param name="number">From 0.</param>
    /// <param name="camera">Selects the sample that the camera shows.</param>
    public byte[] Make(long number, long camera) => Mark(_clips[(int)(camera % _clips.Count)], number);

    /// <summary>A unique clip.</summary>
    /// <param name="number">From 0; the content cycles through the samples.</param>
    public byte[] Make(long number) => Make(number, number);

    /// <summary>Stores the number in a box that players skip.</summary>
    private static byte[] Mark(byte[] clip, long number)
    {
        const int BoxLength = 16;
        var bytes = new byte[clip.Length + BoxLength];
        clip.CopyTo(bytes, 0);
        var box = bytes.AsSpan(clip.Length);
        BinaryPrimitives.WriteInt32BigEndian(box, BoxLength);
        "free"u8.CopyTo(box[4..]);
        BinaryPrimitives.WriteInt64BigEndian(box[8..], number);
        return bytes;
    }

    /// <summary>A clip that kills the worker that opens it.</summary>
    /// <param name="number">As for <see cref="Make(long)"/>.</param>
    public byte[] MakePoison(long number)
    {
        var (clip, mark) = (Make(number), Encoding.ASCII.GetBytes(Poison));
        var box = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length + mark.Length);
        "free"u8.CopyTo(box.AsSpan(4));
        return [.. clip, .. box, .. mark];
    }

    private static void Cut(string from, string to)
    {
        using var reader = new VideoCapture(from, VideoCaptureAPIs.FFMPEG);
        using var writer = new VideoWriter(to, VideoCaptureAPIs.FFMPEG, FourCC.FromString("mp4v"), reader.Fps, s_size);
        using var frame = new Mat();
        using var small = new Mat();
        for (var i = 0; i < First + Frames && reader.Read(frame); i++)
        {
            if (i < First)
                continue;
            Cv2.Resize(frame, small, s_size, interpolation: InterpolationFlags.Area);
            writer.Write(small);
        }
    }
}
