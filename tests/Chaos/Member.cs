using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <summary>
/// One of Siaga's processes with its supervisor: however the process ends, it is started again at
/// the same address, as a service manager would.
/// </summary>
internal sealed class Member : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int KilledBy = 128;
    private const int Stop = 19;
    private const int Continue = 18;

    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan s_startAgain = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<string> _arguments;
    private string _program;
    private readonly string _log;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _held = new(1);
    private TaskCompletionSource _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _care = Task.CompletedTask;
    private int _starts;

    /// <param name="name">Such as <c>worker 2</c>.</param>
    /// <param name="command">The command that starts the service.</param>
    /// <param name="program">The executable.</param>
    /// <param name="folder">The folder for its data and its standard error.</param>
    /// <param name="settings">Such as <c>Worker:Concurrency=1</c>.</param>
    public Member(string name, string command, string program, string folder, IEnumerable<string> settings)
    {
        // The port stays the same across restarts.
        var port = FreePort();
        _program = program;
        (Name, Address) = (name, new Uri($"http://127.0.0.1:{port}"));
        _log = Path.Combine(folder, $"{name.Replace(' ', '-')}.log");
        _arguments = [command, "--data", folder, "--port", $"{port}", "--json", .. settings.SelectMany(s => (string[])["--set", s])];
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>Starts after the first one.</summary>
    public int Restarts => Math.Max(Volatile.Read(ref _starts) - 1, 0);

    /// <summary>Private memory in bytes; 0 while the process does not run.</summary>
    public long Memory
    {
        get
        {
            try
            {
                _process?.Refresh();
                return _process is { HasExited: false } running ? running.WorkingSet64 : 0;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>A port outside the range of outgoing connections, so that a killed process finds its port free again.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is taken; try another one.
            }
        }
    }

    /// <summary>Starts the process and waits until it listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _care = CareAsync();
        try
        {
            await ListensAsync(cancellationToken).WaitAsync(s_start, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{Name} does not start: see {_log}.", e);
        }
    }

    /// <summary>Waits until the process listens, at once or after its next start.</summary>
    public Task ListensAsync(CancellationToken cancellationToken) => _listens.Task.WaitAsync(cancellationToken);

    /// <summary>Ends the process as a power cut would; it is started again after the pause.</summary>
    public async Task KillAsync(TimeSpan pause)
    {
        await _held.WaitAsync();
        try
        {
            _listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _process?.Kill();
            await Task.Delay(pause);
        }
        finally
        {
            _held.Release();
        }
    }

    /// <summary>Freezes the process for the pause: it keeps its connections and does not respond.</summary>
    public async Task FreezeAsync(TimeSpan pause)
    {
        if (_process is not { HasExited: false } running)
            return;
        _ = Signals.Send(running.Id, Stop);
        await Task.Delay(pause);
        _ = Signals.Send(running.Id, Continue);
    }

    /// <summary>
    /// Stops the process as a service manager does (SIGTERM), starts it or another program in its place, and waits until that listens.
    /// </summary>
    /// <param name="program">The other program; null for the same one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The exit code of an unclean exit; null for a clean one, or if the process did not run.</returns>
    public async Task<int?> ReplaceAsync(string? program, CancellationToken cancellationToken)
    {
        _program = program ?? _program;
        var listened = _listens.Task.IsCompleted;
        _listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = _ended.Task;
        var asked = _process is { HasExited: false } running && Signals.Send(running.Id, Terminate) == 0;
        await ListensAsync(cancellationToken);
        if (!asked)
            return null;

        // A process that has just started has not installed its signal handler yet.
        var code = await ended;
        return code == 0 || (code == KilledBy + Terminate && !listened) ? null : code;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_process is { HasExited: false } running)
            running.Kill();
        await _care;
        _process?.Dispose();
        _end.Dispose();
        _held.Dispose();
    }

    private async Task CareAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await _held.WaitAsync(CancellationToken.None);
            _held.Release();
            if (_end.IsCancellationRequested)
                return;
            await RunAsync();
            await Task.Delay(s_startAgain, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        using var process = new Process { StartInfo = Beginning() };
        await using var log = TextWriter.Synchronized(new StreamWriter(_log, append: true) { AutoFlush = true });
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null)
                log.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {e.Data}");
        };
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Start();
        process.BeginErrorReadLine();
        (_ended, _process) = (ended, process);
        Interlocked.Increment(ref _starts);
        if (await process.StandardOutput.ReadLineAsync() is { } said && said.Contains("\"url\"", StringComparison.Ordinal))
            _listens.TrySetResult();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        ended.SetResult(process.ExitCode);
        await log.WriteLineAsync($"--- ended with {process.ExitCode}");
        _process = null;
    }

    private ProcessStartInfo Beginning()
    {
        var start = new ProcessStartInfo(_program, _arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SIAGA__", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["SIAGA_TEST_POISON"] = TinyClips.Poison;
        start.Environment["SIAGA__Admin__Email"] = Api.Email;
        start.Environment["SIAGA__Admin__Password"] = Api.Password;
        start.Environment["SIAGA__Backend__Accounts__PasswordIterations"] = "2000";
        start.Environment["SIAGA__Logging__LogLevel__Default"] = "Warning";
        return start;
    }
}
