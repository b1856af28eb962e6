using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Siaga.Tests.Servers;

/// <summary>
/// A PostgreSQL of this process: from Debian's package, in a temporary folder, on a free loopback port, without protection against power
/// cuts. It starts on first use and ends with this process, however that ends: its keeper, a shell, reads a pipe from here, and removes the
/// server and its folder when the pipe ends.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const int Tries = 5;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresServer>> s_one = new(StartAsync);

    private readonly Process _keeper;
    private readonly int _port;
    private readonly SemaphoreSlim _templates = new(1);
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private int _number;

    private PostgresServer(Process keeper, int port) => (_keeper, _port) = (keeper, port);

    /// <summary>Why PostgreSQL is not available on this machine; null when it is.</summary>
    public static string? Missing { get; } =
        FindBinaries() is null ? "PostgreSQL is not installed here (eng/setup installs Debian's package)" : null;

    /// <summary>The one server of this process.</summary>
    public static Task<PostgresServer> GetAsync() => s_one.Value;

    /// <summary>Stops the server, if one was started.</summary>
    public static async Task StopAsync()
    {
        if (s_one.IsValueCreated)
            await (await s_one.Value).DisposeAsync();
    }

    /// <param name="database">The database's name.</param>
    /// <param name="port">Port of a proxy; null to connect directly.</param>
    public string ConnectionTo(string database, int? port = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port ?? _port,
        Username = "postgres",
        Database = database,
    }.ToString();

    /// <summary>The server's address, for proxies.</summary>
    public Uri Address => new($"tcp://127.0.0.1:{_port}");

    /// <summary>Creates an empty database.</summary>
    /// <returns>The database's name.</returns>
    public async Task<string> CreateAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _number)}";
        await ExecuteAsync($"CREATE DATABASE {name} STRATEGY FILE_COPY");
        return name;
    }

    /// <summary>Creates a copy of a template database, which <paramref name="prepare"/> fills once.</summary>
    /// <param name="template">The template's name.</param>
    /// <param name="prepare">Receives the connection string of an empty database, and must leave no connection to it open.</param>
    /// <returns>The database's name.</returns>
    public async Task<string> CreateAsync(string template, Func<string, Task> prepare)
    {
        await _templates.WaitAsync();
        try
        {
            if (_made.Add(template))
            {
                await ExecuteAsync($"CREATE DATABASE {template} STRATEGY FILE_COPY");
                await prepare(ConnectionTo(template));
            }

            var name = $"test_{Interlocked.Increment(ref _number)}";
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
            return name;
        }
        finally
        {
            _templates.Release();
        }
    }

    /// <summary>Removes a database, even while it is in use.</summary>
    public Task DropAsync(string database) => ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");

    /// <summary>Runs a statement, outside of every test's database unless one is named.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "A test's own statement.")]
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _keeper.WaitForExitAsync(limit.Token);
        _keeper.Dispose();
        _templates.Dispose();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        for (var tries = 1; ; tries++)
        {
            // Another process may take the port before the server starts; then another port is tried.
            var port = FreePort();
            var keeper = StartKeeper(port);
            var server = new PostgresServer(keeper, port);
            if (await server.AnswersAsync())
                return server;
            if (tries == Tries)
                throw new InvalidOperationException($"PostgreSQL did not start: {await keeper.StandardError.ReadToEndAsync()}");
        }
    }

    private static Process StartKeeper(int port)
    {
        // A test's data is worthless after the test, so nothing waits for a disk. A starting server ignores signals, hence the loop at the
        // end.
        const string script = """
            set -e
            dir=$(mktemp -d "${TMPDIR:-/tmp}/siaga-postgres-XXXXXX")
            trap 'rm -rf "$dir"' EXIT
            "$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 \
              || { cat "$dir/initdb.log" >&2; exit 1; }
            "$1/postgres" -D "$dir/data" -k "$dir" -p "$2" -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
              -c shared_buffers=128MB -c max_connections=300 -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 \
              </dev/null >"$dir/log" 2>&1 &
            server=$!
            (while kill -0 "$server" 2>/dev/null; do sleep 1; done; kill -USR1 $$ 2>/dev/null) &
            trap 'cat "$dir/log" >&2; rm -rf "$dir"; exit 1' USR1
            cat >/dev/null
            trap - USR1
            while kill -QUIT "$server" 2>/dev/null; do sleep 0.1; done
            """;
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/"
        };
        string[] command = ["bash", "-c", script, "siaga-postgres", FindBinaries()!, $"{port}"];

        // The server refuses to run as root; the package creates a user for it.
        if (Environment.UserName == "root")
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command];
        start.FileName = command[0];
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            .LastOrDefault(d => File.Exists(Path.Combine(d, "postgres")) && File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!_keeper.HasExited && Stopwatch.GetElapsedTime(started) < s_startLimit)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return !_keeper.HasExited;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }
}
