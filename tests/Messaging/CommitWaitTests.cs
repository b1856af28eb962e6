using System.Diagnostics;
using Siaga.Messaging.Embedded;

namespace Siaga.Tests.Messaging;

public sealed class CommitWaitTests : IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-wait-").FullName;

    [Fact]
    public async Task While_there_is_work_it_is_the_short_pause()
    {
        using var wait = new CommitWait(_folder, TimeSpan.FromMilliseconds(200), s_long);
        var watch = Stopwatch.StartNew();
        await wait.WaitAsync(isQuiet: false, default);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task When_all_is_quiet_one_more_look_is_followed_by_a_wait_that_a_write_ends()
    {
        using var wait = new CommitWait(_folder, s_poll, s_long);
        await wait.WaitAsync(isQuiet: true, default);
        var waiting = wait.WaitAsync(isQuiet: true, default);
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        await WriteAsync();
        Assert.True(await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        wait.Found();
        Assert.False(wait.IsPolling);
    }

    [Fact]
    public async Task A_write_to_another_file_of_the_folder_ends_nothing()
    {
        using var wait = new CommitWait(_folder, s_poll, TimeSpan.FromSeconds(1));
        await wait.WaitAsync(isQuiet: true, default);
        var watch = Stopwatch.StartNew();
        var waiting = wait.WaitAsync(isQuiet: true, default);
        await File.WriteAllTextAsync(Path.Combine(_folder, "other"), "written");
        Assert.False(await waiting);
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task Commits_that_were_not_reported_end_the_reliance_on_reports()
    {
        using var wait = new CommitWait(_folder, s_poll, s_poll);
        await wait.WaitAsync(isQuiet: true, default);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(wait.IsPolling);
            await wait.WaitAsync(isQuiet: true, default);
            wait.Found();
        }

        Assert.True(wait.IsPolling);
        Assert.False(await wait.WaitAsync(isQuiet: true, default));
    }

    [Fact]
    public async Task What_was_written_before_the_last_pause_does_not_end_the_next_wait()
    {
        using var wait = new CommitWait(_folder, s_poll, s_long);
        await wait.WaitAsync(isQuiet: true, default);
        var waiting = wait.WaitAsync(isQuiet: true, default);
        await WriteAsync();
        await WriteAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        await Task.Delay(200);
        await wait.WaitAsync(isQuiet: false, default);
        await wait.WaitAsync(isQuiet: true, default);
        var next = wait.WaitAsync(isQuiet: true, default);
        await Task.Delay(200);
        Assert.False(next.IsCompleted);
        await WriteAsync();
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_watched_is_polled()
    {
        using var wait = new CommitWait(Path.Combine(_folder, "missing"), s_poll, s_long);
        await wait.WaitAsync(isQuiet: true, default);
        Assert.True(wait.IsPolling);
        Assert.False(await wait.WaitAsync(isQuiet: true, default));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task WriteAsync() => File.WriteAllTextAsync(Path.Combine(_folder, "broker.db-wal"), "written");
}
