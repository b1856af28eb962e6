using System.Globalization;
using System.Security.Cryptography;

namespace Siaga.Composition.Wiring;

/// <summary>The one folder of an embedded installation: databases, broker, clips and secrets.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly List<FileStream> _locks = [];

    /// <param name="path">Made when missing, readable by its owner alone.</param>
    public DataFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path);
        else
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Holds a part of the folder for this process until it ends, however it ends.</summary>
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
                $"The {part} of {Path} runs already in another process. Stop that one, or choose another folder with --data.");
        }
    }

    /// <summary>A secret of this installation, made at first use: 32 random bytes as base64 in a file that only its owner reads.</summary>
    public string Secret(string name)
    {
        var folder = File("secrets");
        Directory.CreateDirectory(folder);
        var file = System.IO.Path.Combine(folder, name);
        if (!System.IO.File.Exists(file))
        {
            var made = $"{file}.{Environment.ProcessId}.part";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(made, options))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
                stream.Flush(flushToDisk: true);
            }

            try
            {
                System.IO.File.Move(made, file, overwrite: false);
            }
            catch (IOException) when (System.IO.File.Exists(file))
            {
                // Another service of this folder made it at the same moment; that one counts.
                System.IO.File.Delete(made);
            }
        }

        return System.IO.File.ReadAllText(file).Trim();
    }

    public void Dispose()
    {
        foreach (var held in _locks)
            held.Dispose();
    }
}

/// <summary>The folder is taken.</summary>
public sealed class DataFolderInUseException(string message) : Exception(message);
