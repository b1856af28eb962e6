using System.Collections.Concurrent;

namespace Siaga.Tests.Siaga;

/// <summary>
/// Workers keep the clips that they are analysing in one folder, each worker in its own subfolder,
/// and a start removes what killed workers left.
/// </summary>
public sealed class ScratchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-scratch-test-").FullName;

    private string Scratch => Path.Combine(_folder, "scratch");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_start_removes_the_folder_of_a_killed_worker_and_not_that_of_a_living_one()
    {
        await using var killed = await WorkerAsync("a");
        var left = Assert.Single(Directory.GetDirectories(Scratch));
        await File.WriteAllTextAsync(Path.Combine(left, "footage.clip"), "of a camera", TestContext.Current.CancellationToken);
        await using var living = await WorkerAsync("b");
        var used = Assert.Single(Directory.GetDirectories(Scratch), f => f != left);
        await killed.KillAsync();
        Assert.True(File.Exists(Path.Combine(left, "footage.clip")));

        // Already at its start: this worker has not had a clip yet.
        await using var next = await WorkerAsync("c");
        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(used));
        Assert.Equal(0, await living.StopAsync());
        Assert.False(Directory.Exists(used));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_stops_the_start_with_a_line()
    {
        var refused = await SiagaProcess.RunAsync(
            "worker", "--data", _folder, "--port", "0", "--set", "Worker:ScratchFolder=/dev/null/scratch");
        Assert.Equal(2, refused.Code);
        Assert.StartsWith(
            "siaga worker: Worker:ScratchFolder: /dev/null/scratch cannot be used for clips during analysis:",
            Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clips_and_the_copies_made_of_them_lie_there_and_not_in_the_temporary_folder()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_folder, "tmp")).FullName;
        Directory.CreateDirectory(Scratch);
        var (clips, strange) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        using var inScratch = Watch(Scratch, clips, _ => true);
        using var inTemporary = Watch(temporary, strange, name => !IsOfDotnet(name));
        await using (var siaga = await SiagaProcess.ServeBareAsync(
            "up", Path.Combine(_folder, "data"), new Dictionary<string, string>(StringComparer.Ordinal) { ["TMPDIR"] = temporary },
            $"Admin:Email={Api.Email}", $"Admin:Password={Api.Password}", $"Worker:ScratchFolder={Scratch}", $"Worker:Model={Tree.Model}"))
        {
            using var api = new Api(siaga.Address);
            await api.SignInAsync();
            var camera = await api.MakeCameraAsync();
            await api.UploadAsync(camera, Tree.Anomaly);
            await Eventually.TrueAsync("it is analysed", async () => (await api.ListAsync("api/analyses")).Count == 1);
            await Eventually.TrueAsync("it lay there", () => clips.Any(name => name.EndsWith(".clip", StringComparison.Ordinal)));
            Assert.Equal(0, await siaga.StopAsync());
        }

        Assert.Empty(strange);
        Assert.Empty(Directory.GetFileSystemEntries(Scratch));
    }

    private static FileSystemWatcher Watch(string folder, ConcurrentBag<string> seen, Func<string, bool> isWanted)
    {
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += (_, e) =>
        {
            if (e.Name is { } name && isWanted(name))
                seen.Add(name);
        };
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    /// <summary>The runtime's diagnostic sockets; tests/Network lists all other files.</summary>
    private static bool IsOfDotnet(string name) => name.StartsWith("dotnet-diagnostic-", StringComparison.Ordinal)
        || name.StartsWith("clr-debug-pipe-", StringComparison.Ordinal) || name.StartsWith(".ses", StringComparison.Ordinal);

    private Task<SiagaProcess> WorkerAsync(string data) => SiagaProcess.ServeBareAsync(
        "worker", Path.Combine(_folder, data), [], $"Worker:ScratchFolder={Scratch}", "Worker:BackendUrl=http://127.0.0.1:1/");
}
