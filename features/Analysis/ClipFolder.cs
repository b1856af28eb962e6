namespace Siaga.Analysis;

/// <summary>
/// Where this process keeps the clips that it is looking at, readable by nobody else. A process that is killed cannot tidy up, so the next one
/// does: each holds a lock in its folder, which the system lets go of however the process ends.
/// </summary>
internal sealed class ClipFolder : IDisposable
{
    private const string Prefix = "siaga-clips-";
    private const string LockName = "lock";

    // Another process that starts at the same moment may take a new folder, between its making and its locking, for one that was left.
    private const int MostTries = 20;

    private static readonly Lock s_turn = new();
    private static ClipFolder? s_own;

    private readonly FileStream _lock;

    private ClipFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The one of this process: made when it is first asked for, and again where somebody who tidies the temporary folder has removed it.</summary>
    /// <exception cref="IOException">It cannot be made now; it is tried again when it is asked for again.</exception>
    public static ClipFolder Own
    {
        get
        {
            lock (s_turn)
            {
                if (!Directory.Exists(s_own?.Path))
                    s_own = Open(System.IO.Path.GetTempPath());
                return s_own!;
            }
        }
    }

    public string Path { get; }

    /// <summary>Makes one, and removes those of processes that are gone.</summary>
    public static ClipFolder Open(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
            RemoveIfLeft(folder);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Make(parent);
            }
            catch (IOException) when (tries < MostTries)
            {
                // Whoever took it removes it.
            }
        }
    }

    public void Dispose()
    {
        // From here on it may be somebody else who removes it.
        _lock.Dispose();
        RemoveIfLeft(Path);
    }

    private static ClipFolder Make(string parent)
    {
        var path = System.IO.Path.Combine(parent, Prefix + Guid.CreateVersion7().ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var held = Hold(path, FileMode.CreateNew);

            // Whoever took it before the lock was there may have removed all of it by now; the lock is then one of a file that nobody sees.
            if (File.Exists(System.IO.Path.Combine(path, LockName)))
                return new ClipFolder(path, held);
            held.Dispose();
            throw new IOException($"{path} was removed while it was made.");
        }
        catch (IOException)
        {
            // Taken, or the disk is full: then nobody else would ever remove it.
            if (Directory.Exists(path) && !File.Exists(System.IO.Path.Combine(path, LockName)))
                Directory.Delete(path);
            throw;
        }
    }

    private static FileStream Hold(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None, 1);

    private static void RemoveIfLeft(string folder)
    {
        try
        {
            // A folder without a lock is being made, or removed, at this moment.
            using var taken = Hold(folder, FileMode.Open);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody is at work in it, or it is somebody else's.
        }
    }
}
