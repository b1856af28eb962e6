using Siaga.Video;
using Siaga.Web;

namespace Siaga.Analysis.Playable;

/// <summary>Asks a file what it is.</summary>
internal static class ClipForms
{
    /// <returns>Null: not known.</returns>
    /// <exception cref="VideoException">It holds no video that can be decoded.</exception>
    public static ClipForm? FormOf(this IVideoDecoder decoder, string path)
    {
        using var reader = decoder.Open(path);
        return reader.Form is { } form ? new ClipForm(form.Codec, form.PixelFormat, form.Container) : null;
    }
}
