using Microsoft.Extensions.Options;

namespace Siaga.Analysis;

/// <summary>
/// The folder in <c>Worker:ScratchFolder</c> for the clips that this worker is analysing, readable by its owner only. A killed worker
/// cannot clean up, so the next worker that starts does: each worker holds a lock in its folder, which the operating system releases
/// however the process ends.
/// </summary>
/// <remarks>
/// Workers in several containers may share the parent folder, because the lock belongs to the file system and names no process. Two kinds
/// of folder are safe to remove: one whose lock is free, and an empty one without a lock, whose worker was killed while creating or
/// removing it. A worker whose new folder is removed in between creates another.
/// </remarks>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "siaga-clips-";
    private const string LockName = "lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Another process that starts at the same moment may remove a new folder before it is locked, so creating one is tried several times.
    private const int MostTries = 20;

    private readonly string _parent;
    private readonly Lock _turn = new();
    private Held _held;

    /// <summary>Creates the folder, and removes those of workers that are gone.</summary>
    /// <exception cref="InvalidOperationException">The folder cannot be used; the message says why.</exception>
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
            throw new InvalidOperationException(
                $"Worker:ScratchFolder: {_parent} cannot be used for clips during analysis: {e.Message}", e);
        }
    }

    /// <summary>The folder's path. The folder is created again if a cleaner of temporary files has removed it.</summary>
    /// <exception cref="IOException">The folder cannot be created now; the next access tries again.</exception>
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
        // The lock is still held, so that no other worker removes the folder at the same time.
        try
        {
            Remove(_held.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is gone already, or the next worker removes it.
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

                // Another worker took this folder for an abandoned one and removed it, so the lock is on a deleted file.
                held.Lock.Dispose();
            }
            catch (IOException e) when (e is not UnlockableException)
            {
                // Another worker removed the folder before the lock was created; or the disk is full.
                RemoveIfEmpty(path);
                if (tries >= MostTries)
                    throw;
            }
        }
    }

    /// <summary>On a file system without locks the next worker would remove the clips that this one is analysing.</summary>
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
            // In a folder that other users may write to, a link could lead anywhere.
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
            // The folder of a running worker, or of another user.
        }
    }

    /// <summary>Removes the lock last: if this worker is killed meanwhile, the next one recognises the folder as abandoned.</summary>
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
            // Its worker is just locking it, another worker is removing it, or it belongs to another user.
        }
    }

    private readonly record struct Held(string Path, FileStream Lock);

    private sealed class UnlockableException(string message) : IOException(message);
}
