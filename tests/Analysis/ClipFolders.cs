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
    public async Task Many_that_come_and_go_at_once_each_get_their_own()
    {
        const int AtOnce = 8, Rounds = 500;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(n => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    using var own = ClipFolder.Open(_temp);
                    File.WriteAllText(Path.Combine(own.Path, $"{n}.clip"), "in work");
                    Assert.Equal($"{n}.clip", Path.GetFileName(Assert.Single(Directory.GetFiles(own.Path, "*.clip"))));
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Empty(Directory.GetDirectories(_temp));
    }

    public void Dispose() => Directory.Delete(_temp, recursive: true);
}
