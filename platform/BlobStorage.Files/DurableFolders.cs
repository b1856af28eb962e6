using System.Runtime.InteropServices;

namespace Siaga.BlobStorage.Files;

/// <summary>A rename is durable only once the folder that holds the name is flushed too; .NET has no call for that.</summary>
public static partial class DurableFolders
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int Exists = 17;

    /// <summary>Makes a folder and those above it, up to <paramref name="root"/>.</summary>
    /// <returns>The folders whose contents changed, to be flushed.</returns>
    public static IReadOnlyList<string> Create(string folder, string root)
    {
        var changed = new List<string>();
        for (var at = folder; at.Length > root.Length && !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
            changed.Add(Path.GetDirectoryName(at)!);
        Directory.CreateDirectory(folder);
        return changed;
    }

    /// <summary>Flushes the names in a folder to the disk. Elsewhere than on Unix the file system's journal does it.</summary>
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
                throw new IOException($"Cannot flush the folder {folder} (error {Marshal.GetLastPInvokeError()}).", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>
    /// Gives a file that is written whole its name. Of several that do so at once exactly one succeeds; File.Move without overwriting looks first and
    /// renames then, so the last one would count.
    /// </summary>
    /// <returns>False: another file has the name. The unnamed one stays where it is.</returns>
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

        // Windows does not rename over a file; a file system without hard links can do no better.
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
