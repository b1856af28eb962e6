using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Outcome(int Code, string Output, string Error)
{
    public IReadOnlyList<JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
}

/// <summary>The <c>siaga</c> command in a process of its own.</summary>
internal sealed class SiagaProcess : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _error = new();

    private SiagaProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>Runs a command and waits for its end.</summary>
    public static Task<Outcome> RunAsync(params string[] args) => RunWithAsync([], args);

    /// <summary>Runs a command with additional environment variables and waits for its end.</summary>
    public static async Task<Outcome> RunWithAsync(Dictionary<string, string> environment, params string[] args)
    {
        using var process = Start([], args, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(limit.Token);
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Starts <c>siaga up</c> and waits until it listens.</summary>
    public static async Task<SiagaProcess> UpAsync(string folder, params string[] settings)
    {
        var siaga = Launch(folder, settings);
        await siaga.ListenAsync();
        return siaga;
    }

    /// <summary>Starts a single service and waits until it listens.</summary>
    /// <param name="command">Such as <c>backend</c>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="settings">Such as <c>Worker:Concurrency=1</c>.</param>
    public static async Task<SiagaProcess> ServeAsync(string command, string folder, params string[] settings)
    {
        var siaga = Launch(command, folder, settings, Environment());
        await siaga.ListenAsync();
        return siaga;
    }

    /// <summary>Starts a single service without the usual settings of the tests, and waits until it listens.</summary>
    /// <param name="command">Such as <c>backend</c>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="environment">Additional environment variables.</param>
    /// <param name="settings">Such as <c>Worker:Concurrency=1</c>.</param>
    public static async Task<SiagaProcess> ServeBareAsync(
        string command, string folder, Dictionary<string, string> environment, params string[] settings)
    {
        var siaga = Launch(command, folder, settings, environment);
        await siaga.ListenAsync();
        return siaga;
    }

    /// <summary>Starts <c>siaga up</c> without waiting for it.</summary>
    public static SiagaProcess Launch(string folder, params string[] settings) => Launch("up", folder, settings, Environment());

    /// <summary>Starts a command with further options, without waiting for it.</summary>
    public static SiagaProcess LaunchWith(string command, string folder, string[] options) => LaunchUnder([], command, folder, options);

    /// <summary>
    /// Starts a command through another program that then executes it, such as one that hides a file; does not wait for it.
    /// </summary>
    public static SiagaProcess LaunchUnder(string[] starter, string command, string folder, string[] options) =>
        Begin(Start(starter, [command, "--data", folder, "--port", "0", "--json", .. options], Environment()));

    /// <summary>Starts a worker without a model beside a Backend, and waits until it listens.</summary>
    public static async Task<SiagaProcess> WorkerAsync(string folder, Uri backend)
    {
        var worker = Launch("worker", folder, [$"Worker:BackendUrl={backend}", "Worker:Concurrency=1"], []);
        await worker.ListenAsync();
        return worker;
    }

    private static Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["SIAGA__Admin__Email"] = Api.Email,
        ["SIAGA__Admin__Password"] = Api.Password,
        ["SIAGA__Backend__Accounts__PasswordIterations"] = "2000",
        ["SIAGA__Worker__Model"] = Tree.Model,
        ["SIAGA__Logging__LogLevel__Default"] = "Warning",
        ["SIAGA__Logging__LogLevel__Siaga"] = "Warning",
    };

    private static SiagaProcess Launch(string command, string folder, string[] settings, Dictionary<string, string> environment) => Begin(
        Start([], [command, "--data", folder, "--port", "0", "--json", .. settings.SelectMany(s => (string[])["--set", s])], environment));

    private static SiagaProcess Begin(Process process)
    {
        var siaga = new SiagaProcess(process);
        process.ErrorDataReceived += (_, e) =>
        {
            lock (siaga._error)
                siaga._error.AppendLine(e.Data);
        };
        process.BeginErrorReadLine();
        return siaga;
    }

    /// <summary>Waits until the process listens.</summary>
    public async Task ListenAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(line is not null, $"siaga ended before it listened:\n{Error}");
        using var said = JsonDocument.Parse(line);
        Address = new Uri(said.RootElement.GetProperty("url").GetString()!);
    }

    /// <summary>Stops the process as a service manager does (SIGTERM).</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, Signals.Send(_process.Id, Terminate));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a power cut would: no handler runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static Process Start(string[] starter, IEnumerable<string> args, Dictionary<string, string> environment)
    {
        string[] all = [.. starter, Tree.Siaga, .. args];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SIAGA__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return Process.Start(start)!;
    }
}
