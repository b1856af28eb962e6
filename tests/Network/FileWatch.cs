using System.Collections.Concurrent;

namespace Siaga.Tests.Network;

/// <summary>Records every file that is created in some folders, even if it is deleted again before the end.</summary>
internal sealed class FileWatch : IDisposable
{
    private const string Mark = ".watched-to-here";

    private readonly ConcurrentDictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly List<(FileSystemWatcher Watcher, HashSet<string> Before)> _watched = [];

    /// <param name="folders">Folders to watch with everything below them.</param>
    /// <param name="shallow">A folder to watch without its subfolders.</param>
    public FileWatch(IEnumerable<string> folders, string shallow)
    {
        foreach (var folder in folders)
            Watch(folder, deep: true);
        Watch(shallow, deep: false);
    }

    /// <summary>All created files, after the system has delivered every notification.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        foreach (var (watcher, before) in _watched)
        {
            // For a folder created a moment ago, the first files inside it may not have been reported.
            var there = Directory.EnumerateFileSystemEntries(watcher.Path, "*", Below(watcher.IncludeSubdirectories));
            foreach (var left in there.Except(before))
                _files.TryAdd(left, 0);
            var mark = Path.Combine(watcher.Path, Mark);
            await File.WriteAllTextAsync(mark, "");
            await Eventually.TrueAsync($"all is told of {watcher.Path}", () => _files.ContainsKey(mark));
        }

        return [.. _files.Keys.Where(f => Path.GetFileName(f) != Mark).Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        foreach (var (watcher, _) in _watched)
            watcher.Dispose();
    }

    private static SearchOption Below(bool deep) => deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;

    private void Watch(string folder, bool deep)
    {
        var before = Directory.EnumerateFileSystemEntries(folder, "*", Below(deep)).ToHashSet(StringComparer.Ordinal);
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = deep,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName,
        };
        watcher.Created += (_, e) => Add(e.FullPath);
        watcher.Renamed += (_, e) => Add(e.FullPath);
        watcher.Error += (_, e) => Add($"{folder} was not watched to the end: {e.GetException().Message}");
        watcher.EnableRaisingEvents = true;
        _watched.Add((watcher, before));

        void Add(string file)
        {
            if (!before.Contains(file))
                _files.TryAdd(file, 0);
        }
    }
}
