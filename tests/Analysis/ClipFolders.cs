using System.Collections.Concurrent;
using Siaga.Analysis;

namespace Siaga.Tests.Analysis;

/// <summary>Clips in work lie in a folder of the process; what a killed one left is removed.</summary>
public sealed class ClipFolders : IDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("siaga-folders-").FullName;

    [Fact]
    public void What_a_process_that_is_gone_left_is_removed_and_what_another_uses_is_not()
    {
        var left = Directory.CreateDirectory(Path.Combine(_temp, "siaga-clips-0")).FullName;
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "a.clip"), "a clip");
        var strange = Directory.CreateDirectory(Path.Combine(_temp, "somebody-else")).FullName;
        using var used = ClipFolder.Open(_temp);
        var clip = Path.Combine(used.Path, "b.clip");
        File.WriteAllText(clip, "in work");
        using (var own = ClipFolder.Open(_temp))
        {
            Assert.False(Directory.Exists(left));
            Assert.True(File.Exists(clip));
            Assert.True(Directory.Exists(strange));
            Assert.NotEqual(used.Path, own.Path);
        }

        Assert.Equal(2, Directory.GetDirectories(_temp).Length);
    }

    [Fact]
    public async Task Many_that_start_at_once_each_get_their_own()
    {
        const int AtOnce = 8, Rounds = 50;
        using var begin = new Barrier(AtOnce);
        var kept = new ConcurrentBag<ClipFolder>();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    begin.SignalAndWait(TestContext.Current.CancellationToken);
                    kept.Add(ClipFolder.Open(_temp));
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Equal(AtOnce * Rounds, kept.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.All(kept, f => Assert.True(Directory.Exists(f.Path), f.Path));
        foreach (var folder in kept)
            folder.Dispose();
    }

    public void Dispose() => Directory.Delete(_temp, recursive: true);
}
