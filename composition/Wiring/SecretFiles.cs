using System.Security.Cryptography;
using System.Text;
using Siaga.BlobStorage.Files;

namespace Siaga.Composition.Wiring;

/// <summary>
/// The secrets that an installation made for itself: a file each in <c>secrets/</c> of its data folder, readable by its owner only.
/// </summary>
public sealed class SecretFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    internal SecretFiles(string dataFolder) => _folder = Path.Combine(dataFolder, "secrets");

    /// <summary>32 random bytes as base64.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string PathOf(string name) => Path.Combine(_folder, name);

    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>
    /// Reads a secret; if there is none, it is generated first. If several processes generate it at once, all of them use the same one.
    /// </summary>
    /// <param name="name">The file's name.</param>
    /// <param name="make">Generates its content.</param>
    public string GetOrMake(string name, Func<string> make)
    {
        var file = PathOf(name);
        if (!File.Exists(file))
            Write(file, make());
        return File.ReadAllText(file).Trim();
    }

    /// <summary>Deletes a secret if it exists.</summary>
    public void Remove(string name)
    {
        if (Has(name))
            File.Delete(PathOf(name));
    }

    /// <summary>Writes the file whole or not at all, also if the process or the machine stops in between.</summary>
    private void Write(string file, string content)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, OwnerOnly | UnixFileMode.UserExecute);

        // Not named by process id: in containers that share the folder, each process has id 1.
        var part = $"{file}.{Guid.NewGuid():N}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var stream = new FileStream(part, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(content));
                stream.Flush(flushToDisk: true);
            }

            // Another process may have written the file at the same moment; its secret counts.
            if (DurableFolders.TryName(part, file))
                DurableFolders.Flush(_folder);
            else
                File.Delete(part);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(part);
        }
    }
}
