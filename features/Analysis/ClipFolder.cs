namespace Siaga.Analysis;

/// <summary>
/// Where this process keeps the clips that it is looking at, readable by nobody else. A process that is killed cannot tidy up, so the next one
/// does: each holds a lock in its folder, which the system lets go of however the process ends.
/// </summary>
internal sealed class ClipFolder : IDisposable
{
    private const string Prefix = "siaga-clips-";
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private ClipFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The one of this process.</summary>
    public static ClipFolder Own { get; } = Open(System.IO.Path.GetTempPath());

    public string Path { get; }

    /// <summary>Makes one, and removes those of processes that are gone.</summary>
    public static ClipFolder Open(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
            RemoveIfLeft(folder);
        var path = System.IO.Path.Combine(parent, Prefix + Guid.CreateVersion7().ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ClipFolder(path, Lock(path, FileMode.CreateNew));
    }

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None, 1);

    private static void RemoveIfLeft(string folder)
    {
        try
        {
            // A folder without a lock is being made, or removed, at this moment.
            using var taken = Lock(folder, FileMode.Open);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody is at work in it, or it is somebody else's.
        }
    }
}
