using System.Runtime.Versioning;
using Siaga.Analysis;

namespace Siaga.Tests.Analysis;

/// <summary>Each worker keeps its clips in its own folder; the next worker removes those of killed workers, and nothing else.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScratchFolderTests : IDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("siaga-scratch-").FullName;

    [Fact]
    public void What_a_process_that_is_gone_left_is_removed_and_what_another_uses_is_not()
    {
        var left = LeftFolder("0", "lock", "a.clip");
        var strange = Directory.CreateDirectory(Path.Combine(_temp, "of-another-program")).FullName;
        using var used = new ScratchFolder(_temp);
        var clip = Path.Combine(used.Path, "b.clip");
        File.WriteAllText(clip, "in work");
        using (var own = new ScratchFolder(_temp))
        {
            Assert.False(Directory.Exists(left));
            Assert.True(File.Exists(clip));
            Assert.True(Directory.Exists(strange));
            Assert.NotEqual(used.Path, own.Path);
        }

        Assert.Equal(2, Directory.GetDirectories(_temp).Length);
    }

    [Fact]
    public void A_folder_that_was_half_made_or_half_removed_is_removed_too()
    {
        var made = LeftFolder("made");
        var removed = LeftFolder("removed", "lock");
        using var own = new ScratchFolder(_temp);
        Assert.False(Directory.Exists(made) || Directory.Exists(removed));
    }

    [Fact]
    public void Clips_without_a_lock_stay_for_they_may_be_of_a_worker_whose_lock_was_tidied_away()
    {
        var clips = LeftFolder("tidied", "a.clip");
        using var own = new ScratchFolder(_temp);
        Assert.True(File.Exists(Path.Combine(clips, "a.clip")));
    }

    [Fact]
    public void A_link_to_another_folder_is_not_followed()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_temp, "elsewhere")).FullName;
        foreach (var name in (string[])["lock", "precious"])
            File.WriteAllText(Path.Combine(elsewhere, name), "");
        Directory.CreateSymbolicLink(Path.Combine(_temp, "siaga-clips-link"), elsewhere);
        using var own = new ScratchFolder(_temp);
        Assert.True(File.Exists(Path.Combine(elsewhere, "precious")));
    }

    [Fact]
    public void It_is_made_again_where_it_was_tidied_away_and_is_gone_in_the_end()
    {
        using (var own = new ScratchFolder(_temp))
        {
            var before = own.Path;
            Directory.Delete(before, recursive: true);
            Assert.NotEqual(before, own.Path);
            File.WriteAllText(Path.Combine(own.Path, "a.clip"), "in work");
        }

        Assert.Empty(Directory.GetDirectories(_temp));
    }

    [Theory]
    [InlineData("file/below")]
    [InlineData("file")]
    public void A_parent_that_cannot_hold_it_is_said_with_its_setting(string name)
    {
        File.WriteAllText(Path.Combine(_temp, "file"), "");
        var parent = Path.Combine(_temp, name);
        var error = Assert.Throws<InvalidOperationException>(() => new ScratchFolder(parent));
        Assert.Contains($"Worker:ScratchFolder: {parent} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_that_is_missing_is_made_for_its_owner_alone()
    {
        var parent = Path.Combine(_temp, "new");
        using var own = new ScratchFolder(parent);
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.All((string[])[parent, own.Path], folder => Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder)));
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
                    using var own = new ScratchFolder(_temp);
                    File.WriteAllText(Path.Combine(own.Path, $"{n}.clip"), "in work");
                    Assert.Equal($"{n}.clip", Path.GetFileName(Assert.Single(Directory.GetFiles(own.Path, "*.clip"))));
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Empty(Directory.GetDirectories(_temp));
    }

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    private string LeftFolder(string name, params string[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_temp, $"siaga-clips-{name}")).FullName;
        foreach (var file in files)
            File.WriteAllText(Path.Combine(folder, file), "");
        return folder;
    }
}
