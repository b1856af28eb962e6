using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Siaga.Tests.Keras.Fuzz;

/// <param name="Kind">DEATH, HANG, MEMORY, FOREIGN (an exception other than the reader's own) or
/// INFERENCE (a model was read but does not run).</param>
internal sealed record Finding(int Number, string Kind, string What)
{
    public override string ToString() => $"{Kind} {Number} ({Mutation.Of(Number).Story}): {What}";
}

/// <param name="Outcomes">Number of files per outcome.</param>
/// <param name="SlowestMs">The most processor time that a file took, and its number.</param>
/// <param name="PeakBytes">Peak resident memory of the child process.</param>
internal sealed record FuzzReport(
    IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, int> Outcomes, (long Ms, int Number) SlowestMs, long PeakBytes);

/// <summary>
/// Starts child processes that read mutated files, one at a time. A child that crashes, hangs or uses too much memory is replaced, and its
/// file is a finding.
/// </summary>
internal static class FuzzRun
{
    public const long MemoryLimit = 2L << 30;

    /// <summary>Limit of processor time, so that other load on the machine does not count.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(10);

    /// <summary>Limit of wall-clock time between two lines of the child, for a child that waits without using the processor.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    public static async Task<FuzzReport> RunAsync(int first, int count, Action<Finding> found)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-fuzz").FullName;
        try
        {
            var state = new State(first, found);
            while (state.Next < first + count)
                await ChildAsync(state, first + count - state.Next, folder);
            return new FuzzReport(state.Findings, state.Outcomes, state.Slowest, state.Peak);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ChildAsync(State state, int count, string folder)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            ["fuzz-child", state.Next.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = MemoryLimit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var child = Process.Start(start)!;
        var lines = Channel.CreateUnbounded<string?>();
        var errors = new Queue<string>();
        child.OutputDataReceived += (_, e) => lines.Writer.TryWrite(e.Data);
        child.ErrorDataReceived += (_, e) => Keep(errors, e.Data);
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        var current = -1;
        var since = Stopwatch.StartNew();
        var spent = TimeSpan.Zero;
        while (true)
        {
            if (!lines.Reader.TryRead(out var line))
            {
                var memory = Resident(child.Id);
                state.Peak = Math.Max(state.Peak, memory);
                var kind = memory > MemoryLimit
                    ? "MEMORY"
                    : since.Elapsed > s_silence || (current >= 0 && Spent(child) - spent > s_hang)
                    ? "HANG"
                    : null;
                if (kind is not null)
                {
                    child.Kill();
                    await child.WaitForExitAsync();
                    state.Lost(current, kind, string.Create(
                        CultureInfo.InvariantCulture, $"{memory >> 20} MiB after {since.ElapsedMilliseconds} ms"));
                    return;
                }

                using var patience = new CancellationTokenSource(s_look);
                try
                {
                    await lines.Reader.WaitToReadAsync(patience.Token);
                }
                catch (OperationCanceledException)
                {
                    // No output for a while: check the process again.
                }

                continue;
            }

            since.Restart();
            spent = Spent(child);
            if (line is null)
                break;
            if (line.StartsWith('>'))
            {
                current = int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture);
            }
            else
            {
                state.Done(line);
                current = -1;
            }
        }

        await child.WaitForExitAsync();
        if (child.ExitCode != 0 || current >= 0)
            state.Lost(current, "DEATH", string.Create(CultureInfo.InvariantCulture, $"exit code {child.ExitCode}: {Told(errors)}"));
    }

    private static TimeSpan Spent(Process child)
    {
        try
        {
            child.Refresh();
            return child.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // The process has just ended; which exception is thrown depends on the moment.
            return TimeSpan.Zero;
        }
    }

    private static void Keep(Queue<string> errors, string? line)
    {
        lock (errors)
        {
            if (line is not null && errors.Count < 12)
                errors.Enqueue(line.Trim());
        }
    }

    private static string Told(Queue<string> errors)
    {
        lock (errors)
            return string.Join(" | ", errors);
    }

    /// <summary>Resident memory of the process in bytes; 0 where the system does not provide it this way.</summary>
    private static long Resident(int process)
    {
        try
        {
            return long.Parse(
                File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")).Split(' ')[1],
                CultureInfo.InvariantCulture)
                * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException or FormatException)
        {
            return 0;
        }
    }

    private sealed class State(int first, Action<Finding> found)
    {
        public int Next { get; private set; } = first;

        public List<Finding> Findings { get; } = [];

        public Dictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

        public (long Ms, int Number) Slowest { get; private set; }

        public long Peak { get; set; }

        public void Done(string line)
        {
            var parts = line.Split(' ', 4);
            var (number, ms, outcome) =
                (int.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture), parts[3]);
            Next = number + 1;
            if (ms > Slowest.Ms)
                Slowest = (ms, number);
            var kind = outcome.Split(' ')[0];
            if (kind is "FOREIGN" or "INFERENCE")
                Add(new Finding(number, kind, outcome[(kind.Length + 1)..]));
            else
                Count(outcome);
        }

        public void Lost(int number, string kind, string what)
        {
            if (number < 0)
                throw new InvalidOperationException($"The child stopped between two files: {what}");
            Next = number + 1;
            Add(new Finding(number, kind, what));
        }

        private void Add(Finding finding)
        {
            Findings.Add(finding);
            Count(finding.Kind);
            found(finding);
        }

        private void Count(string outcome) => Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
    }
}
