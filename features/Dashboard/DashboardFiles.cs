using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Siaga.Dashboard;

/// <summary>A file of the dashboard and its compressed variants.</summary>
/// <param name="Path">On disk.</param>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="Tag">Its version, quoted as an ETag is.</param>
/// <param name="IsImmutable">True if the name contains a fingerprint of the content, so that another content has another name.</param>
internal sealed record DashboardFile(string Path, string ContentType, string Tag, bool IsImmutable)
{
    public string? Brotli { get; init; }

    public string? Gzip { get; init; }
}

/// <summary>The dashboard's files, read once: they change only with the program itself.</summary>
internal sealed partial class DashboardFiles
{
    public const string IndexName = "index.html";

    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".dat"] = "application/octet-stream",
        [".html"] = "text/html; charset=utf-8",
        [".ico"] = "image/x-icon",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".mp4"] = "video/mp4",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
        [".woff2"] = "font/woff2",
    };

    private readonly Dictionary<string, DashboardFile> _files;

    private DashboardFiles(Dictionary<string, DashboardFile> files, IReadOnlyList<string> scriptHashes) =>
        (_files, ScriptHashes) = (files, scriptHashes);

    /// <summary>Null if the dashboard was not built.</summary>
    public DashboardFile? Index => _files.GetValueOrDefault(IndexName);

    /// <summary>Hashes of the scripts in the page itself (the import map), as a Content-Security-Policy names them.</summary>
    public IReadOnlyList<string> ScriptHashes { get; }

    public static DashboardFiles Read(string folder)
    {
        var files = new Dictionary<string, DashboardFile>(StringComparer.Ordinal);
        if (!File.Exists(System.IO.Path.Combine(folder, IndexName)))
            return new DashboardFiles(files, []);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (s_types.TryGetValue(System.IO.Path.GetExtension(path), out var type))
                files[System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')] = FileOf(path, type);
        }

        var page = File.ReadAllText(files[IndexName].Path);
        return new DashboardFiles(files, [.. InlineScript().Matches(page).Select(m => HashOf(m.Groups["code"].Value))]);
    }

    /// <param name="name">Relative to the folder, with forward slashes.</param>
    public DashboardFile? Find(string name) => _files.GetValueOrDefault(name);

    private static DashboardFile FileOf(string path, string type)
    {
        using var content = File.OpenRead(path);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..20]}\"";
        return new DashboardFile(path, type, tag, Fingerprint().IsMatch(System.IO.Path.GetFileName(path)))
        {
            Brotli = IfThere(path + ".br"),
            Gzip = IfThere(path + ".gz"),
        };
    }

    private static string? IfThere(string path) => File.Exists(path) ? path : null;

    private static string HashOf(string code) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)))}'";

    // The WebAssembly SDK names files name.FINGERPRINT.extension; the fingerprint has ten letters and digits.
    [GeneratedRegex(@"\.[0-9a-z]{10}\.[a-z0-9]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Fingerprint();

    [GeneratedRegex(
        @"<script(?![^>]*\ssrc=)[^>]*>(?<code>[^<]*)</script>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex InlineScript();
}
