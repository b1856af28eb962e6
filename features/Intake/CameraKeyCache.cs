using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Siaga.Messages;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>
/// The camera keys that Ingestion knows, in memory and in its own database, so
/// that known cameras deliver while the Backend is down, also after a restart.
/// </summary>
internal sealed class CameraKeyCache(IKnownKeys store, IngestionApi backend, TimeProvider time) : IDisposable
{
    private const int MaxUnknown = 10_000;
    private const int MaxTries = 5;

    private static readonly TimeSpan s_unknownFor = TimeSpan.FromSeconds(2);
    private static readonly Error s_refused = new(
        ErrorKind.Unauthenticated,
        "camera_key_refused",
        "The camera's key is missing, wrong or revoked. Send it as 'Authorization: Bearer sck_…'.");

    private readonly ConcurrentDictionary<string, KnownKey> _byHash = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unknown = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(4);
    private readonly SemaphoreSlim _learning = new(1);
    private readonly ConcurrentDictionary<long, DateTimeOffset> _used = new();
    private readonly SemaphoreSlim _anyUsed = new(0);

    /// <summary>Finds the camera of a key.</summary>
    /// <param name="key">As sent; null if there was none.</param>
    public async Task<Result<KnownKey>> FindAsync(string? key, CancellationToken cancellationToken)
    {
        if (key is null || key.Length is < 20 or > 200 || !key.StartsWith("sck_", StringComparison.Ordinal))
            return s_refused;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (!_byHash.TryGetValue(hash, out var known))
        {
            var asked = await AskAsync(hash, cancellationToken);
            if (!asked.IsOk)
                return asked.Error;
            known = asked.Value;
        }

        if (!known.Active)
            return s_refused;
        _used[known.Id] = time.GetUtcNow();
        if (_anyUsed.CurrentCount == 0)
            _anyUsed.Release();
        return known;
    }

    /// <summary>Waits until a key has been used that was not taken yet.</summary>
    public Task WaitForUseAsync(CancellationToken cancellationToken) =>
        _used.IsEmpty ? _anyUsed.WaitAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose()
    {
        _asking.Dispose();
        _learning.Dispose();
        _anyUsed.Dispose();
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(cancellationToken))
            _byHash[key.Hash] = key;
    }

    /// <summary>Stores keys as the Backend reports them, in the database first. Safe to repeat.</summary>
    public async Task LearnAsync(IReadOnlyList<CameraKeyInfo> items, CancellationToken cancellationToken)
    {
        // One call at a time: the first uploads of a new camera arrive together, and each of them would add its key.
        await _learning.WaitAsync(cancellationToken);
        try
        {
            for (var tries = 1; !await TryLearnAsync(items, cancellationToken); tries++)
            {
                if (tries == MaxTries)
                    throw new InvalidOperationException("The Backend's camera keys cannot be stored: other processes keep changing them.");
            }
        }
        finally
        {
            _learning.Release();
        }
    }

    /// <summary>When each key was last used, of those used since the previous call.</summary>
    public IReadOnlyList<CameraKeyUse> TakeUses()
    {
        // Each entry is removed only with the value that was read: a key that is used at this moment is reported next time.
        var uses = new List<CameraKeyUse>();
        foreach (var use in _used)
        {
            if (_used.TryRemove(use))
                uses.Add(new CameraKeyUse(use.Key, use.Value));
        }

        return uses;
    }

    /// <summary>Puts back uses that could not be reported, for the next time.</summary>
    public void ReturnUses(IEnumerable<CameraKeyUse> uses)
    {
        foreach (var use in uses)
            _used.AddOrUpdate(use.Id, use.At, (_, at) => at > use.At ? at : use.At);
    }

    /// <returns>False: another Ingestion on this database stored one of the keys at the same moment; try again.</returns>
    private async Task<bool> TryLearnAsync(IReadOnlyList<CameraKeyInfo> items, CancellationToken cancellationToken)
    {
        var changed = items
            .Where(i => !_byHash.TryGetValue(i.Hash, out var known) || known.Active != i.Active || known.CompanyId != i.CompanyId)
            .ToList();
        if (changed.Count == 0)
            return true;
        if (await store.StoreAsync(changed, cancellationToken) is not { } stored)
            return false;
        foreach (var key in stored)
        {
            _byHash[key.Hash] = key;
            _unknown.TryRemove(key.Hash, out _);
        }

        return true;
    }

    private async Task<Result<KnownKey>> AskAsync(string hash, CancellationToken cancellationToken)
    {
        // Guessers must not overload the Backend: an unknown key stays unknown for a moment, and only a few requests ask at once.
        if (_unknown.TryGetValue(hash, out var until) && until > time.GetUtcNow())
            return s_refused;
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (await backend.FindKeyAsync(hash, cancellationToken) is { } item)
            {
                await LearnAsync([item], cancellationToken);
                return _byHash[hash];
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Error(
                ErrorKind.Unavailable,
                "camera_key_unverified",
                "This camera's key is not known here yet, and the Backend does not answer; try again soon.");
        }
        finally
        {
            _asking.Release();
        }

        if (_unknown.Count >= MaxUnknown)
            _unknown.Clear();
        _unknown[hash] = time.GetUtcNow() + s_unknownFor;
        return s_refused;
    }
}
