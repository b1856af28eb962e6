using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Siaga.Tests.Servers;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Chaos;

/// <summary>
/// Two Backends, two Ingestions and three Workers as separate processes, with a real PostgreSQL, RabbitMQ and S3 gateway. The connections
/// to each server and to the Backends go through proxies that can be cut; the one before the Backends is also their load balancer. The
/// servers belong to this process and are reused by the next host.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    // Without a new analysis for this long, the missing ones will not come: it is longer than the longest pause between two attempts.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    private readonly string _folder;
    private readonly Dictionary<string, KeptServer> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FaultyProxy> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly string _name = $"chaos{Guid.NewGuid():N}";

    private TestHost(string folder) => _folder = folder;

    public IReadOnlyList<string> Servers { get; } = ["postgres", "rabbitmq", "s3"];

    public IReadOnlyList<string> Lines { get; } = ["postgres", "rabbitmq", "s3", "backends"];

    public IReadOnlyDictionary<string, Member> Members => _members;

    /// <summary>The address of the Backends' load balancer.</summary>
    public Uri Backend => _lines["backends"].Address;

    public IReadOnlyList<Member> Ingestions => [.. _members.Values.Where(m => m.Name.StartsWith("ingestion", StringComparison.Ordinal))];

    /// <summary>Processes that did not exit with 0 when they were stopped.</summary>
    public ConcurrentBag<string> Unclean { get; } = [];

    /// <summary>Why the host cannot run on this machine; null when it can.</summary>
    public static string? Missing =>
        (File.Exists("/usr/bin/pg_ctlcluster") ? null : "PostgreSQL is not installed here (eng/setup --tests installs Debian's package)")
        ?? KeptServer.MissingRabbit ?? KeptServer.MissingS3;

    /// <param name="folder">The folder for processes and logs.</param>
    /// <param name="backends">Number of Backends.</param>
    /// <param name="ingestions">Number of Ingestions.</param>
    /// <param name="workers">Number of Workers.</param>
    /// <param name="settings">Settings for all of them.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <param name="program">The executable; by default the one under test.</param>
    public static async Task<TestHost> BuildAsync(
        string folder, int backends, int ingestions, int workers, IReadOnlyList<string> settings, CancellationToken cancellationToken,
        string? program = null)
    {
        var host = new TestHost(folder);
        try
        {
            var (postgres, rabbit, s3) = (KeptServer.PostgresAsync(), KeptServer.RabbitAsync(), KeptServer.S3Async());
            (host._servers["postgres"], host._servers["rabbitmq"], host._servers["s3"]) = (await postgres, await rabbit, await s3);
            foreach (var database in (string[])[host.BackendDatabase, host.IngestionDatabase])
                await ExecuteAsync((await postgres).Said, $"CREATE DATABASE {database}", cancellationToken);
            var said = new NpgsqlConnectionStringBuilder((await postgres).Said);
            host._lines["postgres"] = new FaultyProxy(new Uri($"tcp://{said.Host}:{said.Port}"));
            host._lines["rabbitmq"] = new FaultyProxy((await rabbit).Address);
            host._lines["s3"] = new FaultyProxy((await s3).Address);
            host.Employ(program ?? Tree.Siaga, backends, ingestions, workers, settings);
            foreach (var name in host._members.Keys.Concat(host.Servers).Concat(host.Lines.Select(l => $"line to {l}")))
                host._turns[name] = new SemaphoreSlim(1);

            // The first Backend migrates the database; the others would only wait for it.
            foreach (var kind in (string[])["backend", "ingestion", "worker"])
            {
                var members = host._members.Values.Where(m => m.Name.StartsWith(kind, StringComparison.Ordinal));
                await Task.WhenAll(members.Select(m => m.StartAsync(cancellationToken)));
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates companies and distributes new cameras over them.</summary>
    public static async Task<IReadOnlyList<Camera>> MakeCamerasAsync(Api api, int count, int companies)
    {
        var made = new List<Camera>();
        for (var i = 0; i < count; i++)
            made.Add(i < companies ? await api.MakeCameraAsync() : await api.MakeCameraAsync(made[i % companies].CompanyId));
        return made;
    }

    /// <summary>Causes a fault and repairs it after its pause. Faults of one target run one after the other.</summary>
    public async Task SufferAsync(Fault fault)
    {
        var turn = _turns[fault.Kind == FaultKind.Cut ? $"line to {fault.Target}" : fault.Target];
        await turn.WaitAsync();
        try
        {
            switch (fault.Kind)
            {
                case FaultKind.Cut:
                    _lines[fault.Target].Cut();
                    break;
                case FaultKind.Kill when _members.TryGetValue(fault.Target, out var member):
                    await member.KillAsync(fault.Pause);
                    await member.ListensAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));
                    break;
                case FaultKind.Stop:
                    await ReplaceAsync(fault.Target, null);
                    break;
                case FaultKind.Freeze when _members.TryGetValue(fault.Target, out var member):
                    await member.FreezeAsync(fault.Pause);
                    break;
                case FaultKind.Kill:
                    await _servers[fault.Target].KillAsync();
                    await Task.Delay(fault.Pause);
                    await _servers[fault.Target].StartAgainAsync();
                    break;
                default:
                    await _servers[fault.Target].FreezeAsync();
                    await Task.Delay(fault.Pause);
                    await _servers[fault.Target].ThawAsync();
                    break;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Stops a process cleanly, and starts it or another program in its place.</summary>
    /// <param name="name">The process.</param>
    /// <param name="program">The other program; null for the same one.</param>
    public async Task ReplaceAsync(string name, string? program)
    {
        var member = _members[name];
        if (await member.ReplaceAsync(program, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3)) is { } code)
            Unclean.Add($"{member.Name} ended with {code} when it was asked to stop");
    }

    /// <summary>Kills a server until it is started again.</summary>
    public Task KillServerAsync(string name) => _servers[name].KillAsync();

    public Task StartServerAsync(string name) => _servers[name].StartAgainAsync();

    /// <summary>The findings of <c>siaga check --content</c>; null when there are none.</summary>
    public async Task<string?> CheckAsync()
    {
        var (code, output, error) = await AskAsync("check", "--content");
        return code == 0 ? null : $"siaga check ended with {code}: {output}{error}";
    }

    /// <summary>Runs a command with the services' settings and waits for its end.</summary>
    public async Task<(int Code, string Output, string Error)> AskAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Tree.Siaga, [.. command, "--data", _folder, "--json", .. Settings.SelectMany(s => (string[])["--set", s])])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Waits until this many clips are analysed, or until no more analyses arrive.</summary>
    public async Task DrainAsync(int clips, Action<string> say, CancellationToken cancellationToken)
    {
        var (before, since) = (-1L, Stopwatch.StartNew());
        while (true)
        {
            var analysed = CountAnalyses();
            if (analysed >= clips)
                return;
            if (analysed != before)
                (before, since) = (analysed, Stopwatch.StartNew());
            if (since.Elapsed > s_patience)
            {
                say($"{clips - analysed} clips have no analysis, and none came for {s_patience.TotalMinutes} minutes");
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    /// <summary>
    /// Counts clips that are analysed and known to the Backend. These are two messages, and either may arrive later, by some minutes if
    /// RabbitMQ was killed while it returned one from a wait queue. Reads the database directly, so that polling does not load the API; -1
    /// while the database does not answer.
    /// </summary>
    public long CountAnalyses()
    {
        try
        {
            using var connection = new NpgsqlConnection(
                $"{_servers["postgres"].Said};Database={BackendDatabase};Timeout=3;Command Timeout=3;Pooling=false");
            connection.Open();
            using var command = new NpgsqlCommand(
                "SELECT least((SELECT count(*) FROM analyses), (SELECT count(*) FROM recordings))", connection);
            return (long)command.ExecuteScalar()!;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return -1;
        }
    }

    /// <summary>Stops Siaga's processes and removes their files, after a run that needs no investigation.</summary>
    public async Task RemoveFolderAsync()
    {
        await Task.WhenAll(_members.Values.Select(m => m.DisposeAsync().AsTask()));
        _members.Clear();
        Directory.Delete(_folder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_members.Values.Select(m => m.DisposeAsync().AsTask()));
        foreach (var line in _lines.Values)
            await line.DisposeAsync();
        foreach (var turn in _turns.Values)
            turn.Dispose();
    }

    private string BackendDatabase => $"{_name}_backend";

    private string IngestionDatabase => $"{_name}_ingestion";

    private string[] Settings
    {
        get
        {
            var port = _lines["postgres"].Address.Port;
            var postgres = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "postgres" }.ToString();
            return
            [
                "Database:Engine=postgres",
                $"Database:Backend={postgres};Database={BackendDatabase}",
                $"Database:Ingestion={postgres};Database={IngestionDatabase}",
                "Messaging:Broker=rabbitmq", $"Messaging:RabbitMq:Url={_lines["rabbitmq"].Address}", $"Messaging:RabbitMq:Prefix={_name}.",
                "Storage:Kind=s3", $"Storage:S3:Endpoint={_lines["s3"].Address}",
                $"Storage:S3:Bucket={_name}", "Storage:S3:MakeBucket=true",
                $"Storage:S3:AccessKey={KeptServer.S3Keys.AccessKey}", $"Storage:S3:SecretKey={KeptServer.S3Keys.SecretKey}",
                .. SharedSecrets.Assignments,
            ];
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "Statements of this file.")]
    private static async Task ExecuteAsync(string server, string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{server};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Employ(string program, int backends, int ingestions, int workers, IReadOnlyList<string> settings)
    {
        for (var i = 1; i <= backends; i++)
            Add($"backend {i}", "backend", []);
        _lines["backends"] = new FaultyProxy([.. _members.Values.Select(m => m.Address)]);
        for (var i = 1; i <= ingestions; i++)
            Add($"ingestion {i}", "ingestion", [$"Ingestion:BackendUrl={Backend}"]);
        for (var i = 1; i <= workers; i++)
            Add($"worker {i}", "worker", [$"Worker:BackendUrl={Backend}", "Worker:Concurrency=2", $"Worker:Model={Tree.Model}"]);

        void Add(string name, string command, string[] more) =>
            _members[name] = new Member(name, command, program, _folder, [.. Settings, .. more, .. settings]);
    }
}
