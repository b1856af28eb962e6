namespace Siaga.Messaging.Embedded;

/// <summary>
/// A file that this process keeps locked while it lives. The operating system releases the lock however the process ends, so other
/// processes can tell at once that its messages are free again.
/// </summary>
internal sealed class ProcessLock : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;

    public ProcessLock(string folder)
    {
        _folder = Path.Combine(folder, "consumers");
        Directory.CreateDirectory(_folder);
        Name = Guid.CreateVersion7().ToString("N");
        _file = new FileStream(PathOf(Name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    public string Name { get; }

    /// <summary>True when the process that created the lock file has ended.</summary>
    public bool IsDead(string name)
    {
        if (name == Name)
            return false;
        try
        {
            using var taken = new FileStream(
                PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

    private string PathOf(string name) => Path.Combine(_folder, name);
}
