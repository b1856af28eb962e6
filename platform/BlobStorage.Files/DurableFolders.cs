using System.Runtime.InteropServices;

namespace Siaga.BlobStorage.Files;

/// <summary>
/// Makes folders and renames durable: a rename survives a power cut only once its folder is flushed, and .NET has no call for that.
/// </summary>
public static partial class DurableFolders
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int Exists = 17;

    /// <summary>Creates a folder and its missing parents, up to <paramref name="root"/>.</summary>
    /// <returns>The folders whose contents changed; flush them.</returns>
    public static IReadOnlyList<string> Create(string folder, string root)
    {
        var changed = new List<string>();
        for (var at = folder; at.Length > root.Length && !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
            changed.Add(Path.GetDirectoryName(at)!);
        Directory.CreateDirectory(folder);
        return changed;
    }

    /// <summary>Flushes the names in a folder to the disk. Does nothing on Windows, where the file system's journal covers them.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, ReadOnly | CloseOnExec);
        if (handle < 0)
            throw new IOException($"Cannot open the folder {folder} to flush it (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Fsync(handle) != 0)
                throw new IOException(
                    $"Cannot flush the folder {folder} (error {Marshal.GetLastPInvokeError()}).", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>
    /// Gives a completely written file its final name. Of several callers at once exactly one succeeds. File.Move without overwriting
    /// checks first and renames afterwards, so there the last caller would win.
    /// </summary>
    /// <returns>False if another file already has the name; the part file then stays where it is.</returns>
    public static bool TryName(string part, string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(part, file) == 0)
            {
                File.Delete(part);
                return true;
            }

            if (Marshal.GetLastPInvokeError() == Exists)
                return false;
        }

        // Windows does not rename over an existing file. A file system without hard links offers nothing better.
        File.Move(part, file, overwrite: false);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
