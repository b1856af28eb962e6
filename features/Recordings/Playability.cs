using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <param name="State">Whether browsers can play it.</param>
/// <param name="Key">Storage key of what plays; null: nothing does.</param>
internal readonly record struct Playability(Playable State, string? Key)
{
    // A worker takes minutes. A copy that is not reported after this time was lost, and may be requested again.
    private static readonly TimeSpan s_lost = TimeSpan.FromMinutes(30);

    public static Playability Of(Recording clip, ClipFormat? form, PlayableCopy? copy, DateTimeOffset now) => copy?.State switch
    {
        _ when form is not null && BrowserVideo.Plays(form) => new Playability(Playable.Yes, clip.StorageKey),
        CopyState.Ready => new Playability(Playable.Yes, copy.StorageKey),
        CopyState.AsIs => new Playability(Playable.Yes, clip.StorageKey),
        CopyState.Failed => new Playability(Playable.Failed, null),
        CopyState.Preparing when now - copy.AskedAt < s_lost => new Playability(Playable.Preparing, null),
        _ => new Playability(Playable.No, null),
    };
}

/// <summary>Storage keys of copies, next to their clips.</summary>
internal static class CopyKeys
{
    private const string Suffix = "_play.mp4";

    public static string Beside(string clipKey) => Path.ChangeExtension(clipKey, null) + Suffix;

    /// <summary>The id of the clip that a copy's key belongs to; null for other keys.</summary>
    public static string? ClipOf(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        return name.EndsWith(Suffix, StringComparison.Ordinal) && name.IndexOf('_', StringComparison.Ordinal) is > 0 and var end
            ? name[..end]
            : null;
    }
}
