using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using FluentMigrator.Runner;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Siaga.Database;

namespace Siaga.Tests.Backend;

/// <summary>Explains the queries of every list endpoint, with their own parameters, over many rows.</summary>
public sealed class PlanTests(PlanTests.FilledHost filled) : IClassFixture<PlanTests.FilledHost>
{
    // A smaller table is scanned faster than any index.
    private const int LargeRows = 5000;

    /// <summary>
    /// Every GET route with its queries, or null when it reads no list. {camera}, {key} and {user} belong to the calling company.
    /// </summary>
    private static readonly Dictionary<string, string[]?> s_asked = new(StringComparer.Ordinal)
    {
        ["/api/anomalies"] =
        [
            "", "?limit=200", "?camera_id={camera}", "?type=arson", "?status=new", "?type=arson&status=new&camera_id={camera}",
            "?from=2026-11-24T09:00:00Z&to=2026-11-24T09:10:00Z", "?from=2026-11-24T08:00:00Z", "?to=2026-11-24T08:10:00Z",
        ],
        ["/api/anomalies/recent"] = ["", "?limit=100"],
        ["/api/anomalies/{id:long}"] = null,
        ["/api/analyses"] =
        [
            "", "?camera_id={camera}", "?from=2026-11-24T09:00:00Z&to=2026-11-24T09:10:00Z", "?to=2026-11-24T08:10:00Z",
        ],
        ["/api/analyses/{id:long}"] = null,
        ["/api/audit"] = ["", "?from=2026-11-24T09:00:00Z&to=2026-11-24T09:10:00Z", "?to=2026-11-24T08:10:00Z"],
        ["/api/cameras"] = ["", "?company_id={company}"],
        ["/api/cameras/{id:long}"] = null,
        ["/api/cameras/{id:long}/keys"] = [""],
        ["/api/cameras/{camera}/recordings"] =
        [
            "?from=2026-11-24T08:00:00Z&to=2026-11-25T08:00:00Z&limit=5", "?by=stream_key&from=2026-11-24T08:00:00Z&limit=5"
        ],
        ["/api/cameras/{id:long}/picture"] = null,
        ["/api/cameras/{id:long}/day"] = ["?date=2026-11-24"],
        ["/api/clips/{clip_id}"] = [""],

        // Reads the same as the one above, and a file.
        ["/api/clips/{clip_id}/export"] = null,
        ["/api/companies"] = [""],
        ["/api/companies/{id:long}"] = null,
        ["/api/users"] = ["", "?company_id={company}"],
        ["/api/users/{id:long}"] = null,
        ["/api/health/report"] = null,
        ["/api/system/latency"] =
        [
            "?from=2026-11-24T09:00:00Z&to=2026-11-24T09:10:00Z&bucket=60",
            "?from=2026-11-24T09:00:00Z&to=2026-11-24T09:10:00Z&camera_id={camera}",
        ],
        ["/api/system/workers"] = [""],

        // Read from the broker.
        ["/api/system/queues"] = null,
        ["/api/system/dead"] = null,

        // A stream; a test below checks its queries.
        ["/api/events"] = null,

        // Only changes since a moment ago are requested.
        ["/internal/camera-keys/"] = ["?changed_after=2026-11-24T09:00:00Z"],
        ["/healthz"] = null,
        ["/metrics"] = null,
        ["/api/invitations"] = [""],
        ["/api/worker-tokens"] = [""],
        ["/internal/cameras/{camera}"] = null,
        ["/internal/cameras/{id:long}/scene"] = [""],
        ["/internal/cameras/{id:long}/scene/lessons"] = [""],

        // Documents, served from memory.
        ["/openapi/v1.json"] = null,
        ["/docs/scalar.js"] = null,
        ["/docs/scalar.aspnetcore.js"] = null,
        ["/docs/favicon.svg"] = null,
        ["/docs/{documentName?}"] = null,
        ["/healthz/ready"] = null,
    };

    private readonly BackendHost _host = filled.Host;
    private readonly Recorder _recorder = filled.Recorder;

    [Fact]
    public void Every_list_is_asked_here()
    {
        var gets = _host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET")).Select(e => e.RoutePattern.RawText!);
        Assert.Empty(gets.Except(s_asked.Keys, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_list_reads_a_large_table_from_one_end_to_the_other()
    {
        var large = await LargeTablesAsync();
        string[] expected =
        [
            "anomalies", "analyses", "recordings", "audit", "cameras", "camera_keys", "users", "events", "scene_lessons", "scene_versions",
            "camera_footage", "clip_copies",
        ];
        Assert.Superset(new HashSet<string>(expected, StringComparer.Ordinal), large);
        var admin = await _host.MakeUserAsync(ManyRows.Company, "company_admin");
        var bad = new List<string>();
        foreach (var (route, queries) in s_asked)
        {
            foreach (var query in queries ?? [])
            {
                foreach (var (who, client) in WhoAsk(route, admin))
                {
                    var path = PathOf(route, query);
                    _recorder.Take();
                    var first = await client.GetAsync(path);
                    Assert.True(first.Status == 200, $"{path}: {first.Status} {first.Text}");
                    if (Expect.Next(first) is { } next)
                        Assert.Equal(200, (await client.GetAsync(next)).Status);
                    foreach (var command in _recorder.Take())
                    {
                        var scanned = (await ScannedAsync(command)).Where(large.Contains);
                        bad.AddRange(scanned.Select(table => $"{who} {path} scans {table}: {command.Text}"));
                    }
                }
            }
        }

        Assert.True(bad.Count == 0, string.Join("\n\n", bad.Distinct(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Who_listens_reads_only_what_is_new()
    {
        var large = await LargeTablesAsync();
        var admin = await _host.MakeUserAsync(ManyRows.Company, "company_admin");
        foreach (var client in (Client[])[admin, _host.Root])
        {
            _recorder.Take();
            using var listener = await Listener.OpenAsync(client, "/api/events", ("Last-Event-ID", "49000"));
            await listener.NextAsync();
            var commands = _recorder.Take().Where(c => c.Text.Contains("events", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(commands);
            foreach (var command in commands)
                Assert.DoesNotContain(await ScannedAsync(command), large.Contains);
        }
    }

    [Fact]
    public async Task The_test_sees_a_scan()
    {
        var scanned = await ScannedAsync(new Command("SELECT * FROM anomalies WHERE storage_key LIKE '%x%'", []));
        Assert.Equal(["anomalies"], scanned);
    }

    private IEnumerable<(string Who, Client Client)> WhoAsk(string route, Client admin)
    {
        if (route.StartsWith("/internal", StringComparison.Ordinal))
        {
            yield return route.Contains("/scene", StringComparison.Ordinal) ? ("worker", _host.Worker) : ("ingestion", _host.Ingestion);
            yield break;
        }

        yield return ("root", _host.Root);
        if (route is not ("/api/companies" or "/api/invitations" or "/api/system/workers"))
            yield return ("admin", admin);
    }

    private static string PathOf(string route, string query)
    {
        var camera = query.Contains("by=stream_key", StringComparison.Ordinal) ? $"cam{ManyRows.Camera}" : $"{ManyRows.Camera}";
        return (route + query).Replace("{clip_id}", ManyRows.Clip, StringComparison.Ordinal)
            .Replace("{id:long}", $"{ManyRows.Camera}", StringComparison.Ordinal)
            .Replace("{camera}", camera, StringComparison.Ordinal).Replace("{company}", $"{ManyRows.Company}", StringComparison.Ordinal);
    }

    [SuppressMessage("Security", "CA2100", Justification = "A test's own statement.")]
    private async Task<HashSet<string>> LargeTablesAsync()
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            + $"AND reltuples >= {LargeRows}",
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }

    /// <summary>The tables that a command scans.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "What the Backend itself asked.")]
    private async Task<IReadOnlyList<string>> ScannedAsync(Command command)
    {
        await using var connection = await OpenAsync();
        await using var explain = connection.CreateCommand();
        explain.CommandText = "EXPLAIN (FORMAT JSON) " + command.Text;
        foreach (var parameter in command.Parameters)
            explain.Parameters.Add(parameter.Clone());
        using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync())!);
        return [.. Nodes(plan.RootElement[0].GetProperty("Plan"))
            .Where(n => n.GetProperty("Node Type").GetString() == "Seq Scan").Select(n => n.GetProperty("Relation Name").GetString()!)];
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => node.TryGetProperty("Plans", out var below)
        ? below.EnumerateArray().SelectMany(Nodes).Prepend(node)
        : [node];

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_host.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A Backend over many rows that records its queries. Shared by all of these tests, because they only read.</summary>
    public sealed class FilledHost : IAsyncLifetime
    {
        internal BackendHost Host { get; } = new();

        internal Recorder Recorder { get; } = new();

        public async ValueTask InitializeAsync()
        {
            Host.Wrap = engine => new RecordingEngine(engine, Recorder);
            await Host.InitializeAsync();
            if (!TestDatabase.IsMissing)
                await ManyRows.FillAsync(Host.Database);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    internal sealed record Command(string Text, IReadOnlyList<NpgsqlParameter> Parameters);

    /// <summary>Records every query.</summary>
    internal sealed class Recorder : DbCommandInterceptor
    {
        private ConcurrentQueue<Command> _commands = new();

        public IReadOnlyList<Command> Take() => [.. Interlocked.Exchange(ref _commands, new ConcurrentQueue<Command>())];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
                _commands.Enqueue(new Command(command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(p => p.Clone())]));
            return ValueTask.FromResult(result);
        }
    }

    private sealed class RecordingEngine(IDatabaseEngine inner, Recorder recorder) : IDatabaseEngine
    {
        public string Name => inner.Name;

        public bool IsShared => inner.IsShared;

        public void Configure(DbContextOptionsBuilder options)
        {
            inner.Configure(options);
            options.AddInterceptors(recorder);
        }

        public void Configure(IMigrationRunnerBuilder runner) => inner.Configure(runner);

        public Task<IAsyncDisposable> LockForMigrationAsync(CancellationToken cancellationToken) =>
            inner.LockForMigrationAsync(cancellationToken);

        public Task LockAsync(DatabaseFacade database, string name, CancellationToken cancellationToken) =>
            inner.LockAsync(database, name, cancellationToken);

        public Task NotifyAsync(DatabaseFacade database, string topic, CancellationToken cancellationToken) =>
            inner.NotifyAsync(database, topic, cancellationToken);

        public Task ListenAsync(Action begun, Action<string> heard, CancellationToken cancellationToken) =>
            inner.ListenAsync(begun, heard, cancellationToken);

        public DbConnection CreateConnection() => inner.CreateConnection();

        public string UnixMs(string column) => inner.UnixMs(column);

        public Task<bool> HasRoomAsync(CancellationToken cancellationToken) => inner.HasRoomAsync(cancellationToken);

        public DatabaseFailure? FailureOf(Exception exception) => inner.FailureOf(exception);
    }
}
