using Microsoft.Extensions.Options;

namespace Siaga.Analysis;

/// <summary>
/// Where this worker keeps the clips that it has in hand, readable by its owner alone: a folder of its own in <c>Worker:ScratchFolder</c>.
/// A worker that is killed cannot tidy up, so the next one to start does: each holds a lock in its folder, which the system releases
/// however the process ends.
/// </summary>
/// <remarks>
/// Workers in several containers may share the parent folder: the lock is the file system's, and names no process. What is safe to remove:
/// a folder whose lock was free, and an empty one without a lock, which a worker left that was killed while it made or removed it; one that
/// makes its folder at this moment makes another.
/// </remarks>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "siaga-clips-";
    private const string LockName = "lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Another process that starts at the same moment may take a new folder, between its making and its locking, for one that was left.
    private const int MostTries = 20;

    private readonly string _parent;
    private readonly Lock _turn = new();
    private Held _held;

    /// <summary>Makes one, and removes those of workers that are gone.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says why.</exception>
    public ScratchFolder(IOptions<WorkerOptions> options)
        : this(string.IsNullOrEmpty(options.Value.ScratchFolder) ? System.IO.Path.GetTempPath() : options.Value.ScratchFolder)
    {
    }

    /// <inheritdoc cref="ScratchFolder(IOptions{WorkerOptions})"/>
    internal ScratchFolder(string parent)
    {
        _parent = System.IO.Path.GetFullPath(parent);
        try
        {
            if (!Directory.Exists(_parent))
                MakePrivate(_parent);
            RemoveLeft(_parent);
            _held = Make(_parent);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Worker:ScratchFolder: {_parent} cannot be used for clips in work: {e.Message}", e);
        }
    }

    /// <summary>Made again where something that tidies the temporary folder has removed it.</summary>
    /// <exception cref="IOException">It cannot be made now; it is tried again when it is asked for again.</exception>
    public string Path
    {
        get
        {
            lock (_turn)
            {
                if (!File.Exists(LockOf(_held.Path)))
                {
                    var lost = _held;
                    _held = Make(_parent);
                    lost.Lock.Dispose();
                }

                return _held.Path;
            }
        }
    }

    public void Dispose()
    {
        // Still locked, so that no other worker removes it at the same time.
        try
        {
            Remove(_held.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone already, or the next worker removes it.
        }

        _held.Lock.Dispose();
    }

    private static string LockOf(string folder) => System.IO.Path.Combine(folder, LockName);

    private static FileStream Hold(string folder, FileMode mode) => new(LockOf(folder), mode, FileAccess.ReadWrite, FileShare.None, 1);

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }

    private static Held Make(string parent)
    {
        for (var tries = 1; ; tries++)
        {
            var path = System.IO.Path.Combine(parent, Prefix + Guid.CreateVersion7().ToString("N"));
            MakePrivate(path);
            try
            {
                var held = new Held(path, Hold(path, FileMode.CreateNew));
                if (File.Exists(LockOf(path)))
                    return RequireLocks(held);

                // Another worker took it for one that was left, and the lock is of a file without a name.
                held.Lock.Dispose();
            }
            catch (IOException e) when (e is not UnlockableException)
            {
                // The same, a moment earlier; or the disk is full.
                RemoveIfEmpty(path);
                if (tries >= MostTries)
                    throw;
            }
        }
    }

    /// <summary>A file system that locks nothing lets the next worker remove what this one has in hand.</summary>
    private static Held RequireLocks(Held held)
    {
        try
        {
            Hold(held.Path, FileMode.Open).Dispose();
        }
        catch (IOException)
        {
            return held;
        }

        held.Lock.Dispose();
        Remove(held.Path);
        throw new UnlockableException("its file system has no file locks.");
    }

    private static void RemoveLeft(string parent)
    {
        foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Prefix + "*"))
        {
            // In a folder that others may write to, a link could lead to anything.
            if (folder.LinkTarget is null)
                RemoveIfLeft(folder.FullName);
        }
    }

    private static void RemoveIfLeft(string folder)
    {
        try
        {
            using var taken = Hold(folder, FileMode.Open);
            Remove(folder);
        }
        catch (FileNotFoundException)
        {
            RemoveIfEmpty(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A living worker's, or another user's.
        }
    }

    /// <summary>The lock goes last: a worker that is killed meanwhile leaves a folder that the next one knows as left.</summary>
    private static void Remove(string folder)
    {
        foreach (var file in Directory.EnumerateFileSystemEntries(folder).Where(f => System.IO.Path.GetFileName(f) != LockName).ToList())
            File.Delete(file);
        File.Delete(LockOf(folder));
        RemoveIfEmpty(folder);
    }

    private static void RemoveIfEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its maker locks it at this moment, another worker removes it, or it is another user's.
        }
    }

    private readonly record struct Held(string Path, FileStream Lock);

    private sealed class UnlockableException(string message) : IOException(message);
}
