using System.Collections.Concurrent;
using Siaga.Messages;
using Siaga.Scenes;

namespace Siaga.Analysis.Scenes;

/// <param name="Camera">The Backend's information on the camera's scene.</param>
/// <param name="State">Its newest version; null when there is none that can be read.</param>
internal sealed record KnownScene(SceneInfo Camera, SceneState? State);

/// <summary>
/// What is known of the cameras' scenes. The Backend tells it with the answer to each report, so a camera that delivers costs no call of
/// its own; a change of its sensitivity counts from the second clip after it, and after <see cref="Lifetime"/> at the latest. Thread-safe.
/// </summary>
internal sealed class SceneCache(WorkerApi backend, SceneStore store, TimeProvider time)
{
    /// <summary>How long an answer counts.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    // More cameras than one worker serves. When it is reached the memory is cleared, which costs a call for each camera.
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<long, (SceneInfo Info, DateTimeOffset At)> _known = new();

    /// <returns>Null when the camera is gone.</returns>
    public async Task<KnownScene?> FindAsync(long cameraId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(cameraId, out var known) && time.GetUtcNow() - known.At < Lifetime
            && await store.FindAsync(known.Info.StorageKey!, cancellationToken) is { } state)
            return new KnownScene(known.Info, state);

        // Unknown, or other workers made so many versions in the meantime that this one is gone.
        if (await backend.FindSceneAsync(cameraId, cancellationToken) is not { } info)
            return null;
        Learn(cameraId, info);
        return new KnownScene(info, info.StorageKey is { } key ? await store.FindAsync(key, cancellationToken) : null);
    }

    /// <summary>Takes over what the Backend told. A camera without a version is asked about again: any clip may begin it.</summary>
    public void Learn(long cameraId, SceneInfo? info)
    {
        if (info?.StorageKey is null)
        {
            Forget(cameraId);
            return;
        }

        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[cameraId] = (info, time.GetUtcNow());
    }

    /// <summary>The camera's scene has changed, in a way that only the Backend knows.</summary>
    public void Forget(long cameraId) => _known.TryRemove(cameraId, out _);
}
