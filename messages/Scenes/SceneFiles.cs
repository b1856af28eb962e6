using System.Globalization;

namespace Siaga.Messages;

/// <summary>
/// The names of scene objects in their camera's <see cref="SceneInfo.Folder"/>. The worker stores an object under its name, and the Backend
/// looks for it there once it is reported.
/// </summary>
public static class SceneFiles
{
    // Of the hash's 64 digits: enough to tell versions of the same number apart.
    private const int HashLength = 16;

    /// <summary>A version's name follows from its content, so that storing the same version twice leaves one object.</summary>
    /// <param name="number">The version's number.</param>
    /// <param name="sha256">Of its content, in lower-case hexadecimal.</param>
    public static string Version(int number, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:D8}_{sha256[..HashLength]}.scene");

    /// <param name="name">The update's name.</param>
    /// <param name="version">The version that its clip was compared with.</param>
    public static string Update(string name, int version) => string.Create(CultureInfo.InvariantCulture, $"{name}_v{version}.lesson");
}
