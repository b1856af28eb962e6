using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Checks by the first bytes, before anything is stored, whether an upload can be a clip.</summary>
internal static class ContainerSniffer
{
    /// <summary>How many bytes the check wants; a shorter file is judged by all it has.</summary>
    public const int WantedBytes = 512;

    private static readonly (int At, byte[] Magic)[] s_known =
    [
        (4, "ftyp"u8.ToArray()), (4, "moov"u8.ToArray()), (4, "mdat"u8.ToArray()), (4, "free"u8.ToArray()), (4, "wide"u8.ToArray()),
        (4, "skip"u8.ToArray()), (4, "styp"u8.ToArray()), (4, "moof"u8.ToArray()), (4, "sidx"u8.ToArray()), (4, "pnot"u8.ToArray()),
        (0, [0x1A, 0x45, 0xDF, 0xA3]), (0, "RIFF"u8.ToArray()), (0, "FLV"u8.ToArray()), (0, [0, 0, 1, 0xBA]), (0, [0, 0, 1, 0xB3]),
        (0, [0x30, 0x26, 0xB2, 0x75]), (0, "OggS"u8.ToArray()), (0, [0, 0, 0, 1]), (0, [0, 0, 1, 0x67]), (0, [0, 0, 1, 0x40]),
    ];

    /// <returns>Null if it may be a clip; the decoder decides later.</returns>
    public static Error? Refuse(ReadOnlySpan<byte> first)
    {
        if (first.Length == 0)
            return new Error(ErrorKind.Invalid, "clip_empty", "The file is empty.");
        if (first.Length < 16)
            return new Error(ErrorKind.Invalid, "clip_too_short", $"The file has {first.Length} bytes; no video is that short.");
        foreach (var (at, magic) in s_known)
        {
            if (first[at..].StartsWith(magic))
                return null;
        }

        // MPEG transport streams: a sync byte every 188 bytes (192 with time codes).
        if (first.Length > 4 + 192 && ((first[0] == 0x47 && first[188] == 0x47) || (first[4] == 0x47 && first[196] == 0x47)))
            return null;
        return new Error(
            ErrorKind.Unsupported,
            "clip_not_video",
            $"The file is not a supported video: it looks like {Describe(first)}. Send MP4, MOV, AVI, MKV, WebM, TS or FLV.");
    }

    private static string Describe(ReadOnlySpan<byte> first)
    {
        var text = System.Text.Encoding.Latin1.GetString(first).TrimStart();
        if (text.StartsWith('<'))
            return "a web page or XML";
        if (text.StartsWith("version https://git-lfs", StringComparison.Ordinal))
            return "a git-LFS pointer, not the file it stands for";
        return first.IndexOfAnyInRange((byte)0, (byte)8) < 0 ? "text" : "something else";
    }
}
