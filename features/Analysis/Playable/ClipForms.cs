using Siaga.Ports;
using Siaga.Video;
using Siaga.Web;

namespace Siaga.Analysis.Playable;

/// <summary>Reads a file's format.</summary>
internal static class ClipForms
{
    /// <returns>Null when unknown.</returns>
    /// <exception cref="VideoException">The file has no video that can be decoded.</exception>
    public static ClipFormat? FormOf(this IVideoDecoder decoder, string path)
    {
        using var reader = decoder.Open(path);
        return reader.Form is { } form ? new ClipFormat(form.Codec, form.PixelFormat, form.Container) : null;
    }
}
