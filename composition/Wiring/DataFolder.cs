using System.Globalization;

namespace Siaga.Composition.Wiring;

/// <summary>The one folder of an embedded installation: databases, broker, clips and secrets.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly List<FileStream> _locks = [];

    /// <param name="path">Created if missing, readable by its owner only.</param>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public SecretFiles Secrets => new(Path);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Locks a part of the folder for this process. The lock ends with the process, however it ends.</summary>
    /// <param name="part"><c>backend</c> or <c>ingestion</c>: each runs once on a folder.</param>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public void Lock(string part)
    {
        var file = File(part + ".lock");
        try
        {
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            _locks.Add(held);
        }
        catch (IOException) when (System.IO.File.Exists(file))
        {
            throw new DataFolderInUseException(
                $"Another process already runs the {part} of {Path}. Stop it, or choose another folder with --data.");
        }
    }

    public void Dispose()
    {
        foreach (var held in _locks)
            held.Dispose();
    }
}

/// <summary>Another process uses the folder.</summary>
public sealed class DataFolderInUseException(string message) : Exception(message);
