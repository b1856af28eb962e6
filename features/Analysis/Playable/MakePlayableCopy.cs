using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Siaga.Backend;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Video;
using Siaga.Web;

namespace Siaga.Analysis.Playable;

/// <summary>
/// Makes a copy of a clip that browsers play, stores it beside the clip and reports it to the Backend; or reports why there is none.
/// </summary>
/// <remarks>
/// Deduplication key: the clip. A copy that an earlier attempt stored is reported again, not made again. A permanent failure is reported to
/// the user who asked and is not a dead letter: asking again is the replay.
/// </remarks>
internal sealed class MakePlayableCopy(
    IBlobStorage storage, LocalClips clips, IVideoDecoder decoder, IPlayableMaker maker, WorkerApi backend,
    IOptions<WorkerOptions> options) : IMessageHandler<PlayableWanted>
{
    public async Task<HandlingResult> HandleAsync(PlayableWanted message, CancellationToken cancellationToken)
    {
        var key = Beside(message.VideoPath);
        if (await HashAsync(key, cancellationToken) is { } before)
            return await TellAsync(message, key, before, cancellationToken);
        await using var local = clips.New();
        if (!await local.FetchAsync(message.VideoPath, cancellationToken))
        {
            return await TellAsync(
                message, new Error(ErrorKind.NotFound, "clip_gone", "The clip is no longer in storage."), cancellationToken);
        }

        try
        {
            if (decoder.FormOf(local.Path) is { } form && BrowserVideo.Plays(form))
                return await TellAsync(message, new PlayableNote { PlaysAsIs = true }, cancellationToken);
        }
        catch (VideoException e)
        {
            return await TellAsync(message, new Error(ErrorKind.Invalid, e.Code, e.Message), cancellationToken);
        }

        await using var copy = clips.New();
        if (await maker.MakeAsync(local.Path, copy.Path, options.Value.CopyTimeLimit, cancellationToken) is { } error)
            return await TellAsync(message, error, cancellationToken);
        await StoreAsync(key, copy.Path, cancellationToken);
        return await TellAsync(message, key, (await HashAsync(key, cancellationToken))!.Value, cancellationToken);
    }

    public Task OnGivenUpAsync(PlayableWanted message, string reason, CancellationToken cancellationToken) =>
        TellAsync(message, new Error(ErrorKind.Unavailable, "attempts_exhausted", reason), cancellationToken);

    internal static string Beside(string clipKey) => Path.ChangeExtension(clipKey, null) + "_play.mp4";

    private async Task StoreAsync(string key, string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var upload = await storage.BeginUploadAsync(key, cancellationToken);
        await file.CopyToAsync(upload.Content, cancellationToken);
        try
        {
            await upload.CommitAsync(key, cancellationToken);
        }
        catch (IOException e) when (e is not StorageFullException)
        {
            // Another worker may have stored its copy first; then that one counts.
            if (await storage.FindAsync(key, cancellationToken) is null)
                throw;
        }
    }

    /// <summary>Size and hash of the stored copy; null when there is none.</summary>
    private async Task<(long Size, string Sha256)?> HashAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await storage.OpenReadAsync(key, cancellationToken);
        if (stored is null || await storage.FindAsync(key, cancellationToken) is not { } found)
            return null;
        return (found.Size, Convert.ToHexStringLower(await SHA256.HashDataAsync(stored, cancellationToken)));
    }

    private Task<HandlingResult> TellAsync(PlayableWanted wanted, Error error, CancellationToken cancellationToken) =>
        TellAsync(wanted, new PlayableNote { Reason = new FailureReason(error.Code, error.Message) }, cancellationToken);

    private async Task<HandlingResult> TellAsync(
        PlayableWanted wanted, string key, (long Size, string Sha256) stored, CancellationToken cancellationToken)
    {
        var told = await backend.StorePlayableAsync(
            wanted.ClipId, new PlayableNote { StorageKey = key, Size = stored.Size, Sha256 = stored.Sha256 }, cancellationToken);

        // The clip was removed in the meantime, so nothing will ever refer to its copy.
        if (told == HttpStatusCode.NotFound)
            await storage.DeleteAsync(key, cancellationToken);
        return ResultOf(told);
    }

    private async Task<HandlingResult> TellAsync(PlayableWanted wanted, PlayableNote note, CancellationToken cancellationToken) =>
        ResultOf(await backend.StorePlayableAsync(wanted.ClipId, note, cancellationToken));

    internal static HandlingResult ResultOf(HttpStatusCode told) => (int)told switch
    {
        < 300 or 404 => HandlingResult.Done,
        400 or 409 or 413 or 422 => HandlingResult.Reject("copy_refused", $"The Backend refuses the copy ({(int)told})."),
        var status => HandlingResult.Away(BackendClient.Away, $"The Backend answered {status}"),
    };
}
