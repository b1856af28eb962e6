using System.Diagnostics;
using System.Text.Json;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Siaga;

/// <summary>A process that hangs ends itself. One that was only suspended, or whose servers are down, does not.</summary>
[Collection(Alone.Name)]
public sealed class WatchdogTests : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;

    // Three seconds of silence: long enough for a machine that is busy with something else.
    private static readonly string[] s_impatient = ["Watchdog:Interval=00:00:01", "Watchdog:Failures=3"];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-watchdog-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Only_answers_that_are_missing_in_a_row_end_it()
    {
        var host = new Answers([false, false, true, false, false, false]);
        Assert.Equal([false, false, false, false, false, true], host.Passes(6));
    }

    [Fact]
    public void An_answer_that_is_missing_because_the_process_stood_still_does_not_count()
    {
        // The process was suspended for an hour during a check, whose answer then was too late.
        var host = new Answers([false, false, false, false, false, false]) { Took = { [2] = TimeSpan.FromHours(1) } };
        Assert.Equal([false, false, false, false, false, true], host.Passes(6));
    }

    [Theory]
    [InlineData(null, false, false, true)]
    [InlineData(null, true, false, false)]
    [InlineData(null, false, true, false)]
    [InlineData(true, true, true, true)]
    [InlineData(false, false, false, false)]
    public void It_is_on_where_something_restarts_what_ends(bool? setting, bool isAtTerminal, bool isInKubernetes, bool on) =>
        Assert.Equal(on, new WatchdogOptions { Enabled = setting }.IsOn(isAtTerminal, isInKubernetes));

    [Theory]
    [InlineData("http://127.0.0.1:8080/", "127.0.0.1")]
    [InlineData("http://0.0.0.0:8080/", "127.0.0.1")]
    [InlineData("http://[::]:8080/", "::1")]
    [InlineData("http://[fd00::7]:8080/", "fd00::7")]
    [InlineData("http://10.0.0.7:8080/", "10.0.0.7")]
    [InlineData("http://siaga.example:8080/", "127.0.0.1")]
    public void It_asks_where_the_machine_reaches_the_process(string listens, string asks) =>
        Assert.Equal(asks, Watchdog.Reach(new Uri(listens)).ToString());

    [Fact]
    public async Task A_process_whose_threads_are_all_stuck_ends_itself_and_says_why()
    {
        using var process = Start(s_impatient);
        var error = process.StandardError.ReadToEndAsync();
        var address = await AddressOfAsync(process);
        await StarveAsync(address);
        Assert.Equal(ServiceCommand.Hung, await EndOfAsync(process));
        var line = Assert.Single((await error).Split('\n'), l => l.Contains("hangs", StringComparison.Ordinal));
        Assert.Contains("/healthz did not answer 3 times in a row", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_hangs_because_its_output_is_not_read_ends_itself_without_a_word()
    {
        // Every request waits until its log line is written, and the pipe is full.
        using var process = Start([.. s_impatient, "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace"]);
        var address = await AddressOfAsync(process);
        await Eventually.TrueAsync("it hangs", async () => !await AnswersAsync(address), TimeSpan.FromMinutes(2));
        Assert.Equal(ServiceCommand.Hung, await EndOfAsync(process));
    }

    [Fact]
    public async Task A_process_that_was_stopped_and_goes_on_lives()
    {
        using var process = Start(s_impatient);
        _ = process.StandardError.ReadToEndAsync();
        var address = await AddressOfAsync(process);
        try
        {
            var stopped = Stopwatch.StartNew();
            Assert.Equal(0, Signals.Send(process.Id, Stop));
            await Eventually.TrueAsync("it stood still for longer than it may be silent", () => stopped.Elapsed > s_patience * 2);
            Assert.Equal(0, Signals.Send(process.Id, Continue));
            var going = Stopwatch.StartNew();
            await Eventually.TrueAsync(
                "it goes on for longer than that", async () => await AnswersAsync(address) && going.Elapsed > s_patience * 2);
            Assert.False(process.HasExited);
        }
        finally
        {
            End(process);
        }
    }

    [Fact]
    public async Task A_process_that_is_told_not_to_watch_itself_hangs_on()
    {
        using var process = Start([.. s_impatient, "Watchdog:Enabled=false"]);
        _ = process.StandardError.ReadToEndAsync();
        try
        {
            await StarveAsync(await AddressOfAsync(process));
            var hung = Stopwatch.StartNew();
            await Eventually.TrueAsync("it hangs for longer than the watchdog would bear", () => hung.Elapsed > s_patience * 2);
            Assert.False(process.HasExited);
        }
        finally
        {
            End(process);
        }
    }

    private static async Task StarveAsync(Uri address)
    {
        await Eventually.TrueAsync(
            "it hangs",
            async () =>
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
                try
                {
                    using var answer = await http.PostAsync(new Uri(address, "starve"), null);
                    return false;
                }
                catch (Exception e) when (e is TaskCanceledException or HttpRequestException)
                {
                    return true;
                }
            });
    }

    private static async Task<bool> AnswersAsync(Uri address)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            return await http.GetStringAsync(new Uri(address, "healthz")) == "ok";
        }
        catch (Exception e) when (e is TaskCanceledException or HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<Uri> AddressOfAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var line = await process.StandardOutput.ReadLineAsync(limit.Token);
        return new Uri(JsonDocument.Parse(line!).RootElement.GetProperty("url").GetString()!);
    }

    private static async Task<int> EndOfAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode;
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
    }

    private Process Start(IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            ["starving", "--data", _folder, "--port", "0", "--json", .. settings.SelectMany(s => (string[])["--set", s])])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // These tests may run in Kubernetes themselves.
        start.Environment.Remove("KUBERNETES_SERVICE_HOST");
        return Process.Start(start)!;
    }

    /// <summary>A watchdog that checks every second and tolerates two missing answers, with scripted answers.</summary>
    private sealed class Answers(IReadOnlyList<bool> answers) : TimeProvider
    {
        private TimeSpan _now;
        private int _asked;

        /// <summary>How long an answer takes, by its index; by default none.</summary>
        public Dictionary<int, TimeSpan> Took { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public IReadOnlyList<bool> Passes(int count)
        {
            var watchdog = new Watchdog(new WatchdogOptions { Interval = TimeSpan.FromSeconds(1), Failures = 3 }, Ask, this);
            return [.. Enumerable.Range(0, count).Select(_ => watchdog.Pass())];
        }

        private bool Ask(TimeSpan limit)
        {
            _now += Took.GetValueOrDefault(_asked);
            return answers[_asked++];
        }
    }
}
