using System.Text.Json;
using Siaga.Tests.Servers;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Siaga.StopServer))]

namespace Siaga.Tests.Siaga;

/// <summary>Stops this process's servers after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await PostgresServer.StopAsync();
        await KeptServer.StopAsync();
    }
}

/// <summary>The whole product on PostgreSQL, including the creation of its databases.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private static readonly string[] s_secrets = [.. SharedSecrets.Assignments.SelectMany(s => (string[])["--set", s])];

    private readonly List<string> _folders = [];
    private PostgresServer _server = null!;
    private string _backend = "";
    private string _ingestion = "";

    private string[] Settings =>
    [
        "Database:Engine=postgres", $"Database:Backend={_server.ConnectionTo(_backend)}",
        $"Database:Ingestion={_server.ConnectionTo(_ingestion)}",
    ];

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is { } reason)
            Assert.Skip(reason);
        _server = await PostgresServer.GetAsync();
        (_backend, _ingestion) = (await _server.CreateAsync(), await _server.CreateAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in (string[])[_backend, _ingestion])
        {
            if (database.Length > 0)
                await _server.DropAsync(database);
        }

        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_clip_goes_the_whole_way_and_check_finds_everything_in_its_place()
    {
        var folder = NewFolder();
        await using (var siaga = await SiagaProcess.UpAsync(folder, Settings))
        {
            using var api = new Api(siaga.Address);
            await api.SignInAsync();
            var camera = await api.MakeCameraAsync();
            var clip = (await api.UploadAsync(camera, Tree.Anomaly)).Body;
            await Eventually.TrueAsync(
                "the clip is analysed, and Ingestion knows",
                async () =>
                    (await api.SendAsync(HttpMethod.Get, clip.GetProperty("status_url").GetString()![1..])).Body.GetProperty("state")
                        .GetString() == "analysed");
            Assert.Single(await api.ListAsync("api/anomalies"));
            Assert.Single(await api.ListAsync("api/analyses"));
            Assert.False(File.Exists(Path.Combine(folder, "backend.db")) || File.Exists(Path.Combine(folder, "ingestion.db")));
        }

        var check = await RunAsync("check", "--data", folder, "--content", "--json");
        Assert.True(check.Code == 0, check.Output + check.Error);
        Assert.True(check.Lines[^1].GetProperty("looked").GetInt64() > 0);

        // The clips are in the folder, the databases are not: another machine finds the rows, and misses the clips.
        var elsewhere = await RunAsync("check", "--data", Path.Combine(folder, "elsewhere"), "--json");
        Assert.True(elsewhere.Code == 1, elsewhere.Output + elsewhere.Error);
        Assert.Contains(elsewhere.Lines, l => l.TryGetProperty("kind", out var kind) && kind.GetString() == "missing_object");
    }

    [Fact]
    public async Task Migrate_makes_the_tables_once_and_says_what_it_did()
    {
        var folder = NewFolder();
        var before = await RunAsync("migrate", "--data", folder, "--pending", "--json");
        Assert.Equal(1, before.Code);
        var first = await RunAsync("migrate", "--data", folder, "--json");
        Assert.True(first.Code == 0, first.Error);
        Assert.Equal(["backend", "ingestion"], first.Lines.Select(l => l.GetProperty("database").GetString()));
        Assert.All(first.Lines, l => Assert.Equal("postgres", l.GetProperty("engine").GetString()));
        Assert.Equal(before.Lines.Select(l => Steps(l, "pending")), first.Lines.Select(l => Steps(l, "applied")));
        Assert.All(first.Lines, l => Assert.NotEqual("[]", Steps(l, "applied")));
        var again = await RunAsync("migrate", "--data", folder, "--json");
        Assert.Equal(0, again.Code);
        Assert.All(again.Lines, l => Assert.Equal("[]", Steps(l, "applied")));
        Assert.Equal(0, (await RunAsync("migrate", "--data", folder, "--pending")).Code);
    }

    [Fact]
    public async Task Processes_that_start_at_once_migrate_once_between_them()
    {
        var migrations = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync("migrate", "--data", NewFolder(), "--json")));
        Assert.All(migrations, m => Assert.True(m.Code == 0, m.Error));
        foreach (var database in (int[])[0, 1])
            Assert.Single(migrations, m => Steps(m.Lines[database], "applied") != "[]");
    }

    [Fact]
    public async Task A_start_that_may_not_migrate_is_refused_until_the_database_is_migrated()
    {
        var folder = NewFolder();
        string[] start = ["backend", "--data", folder, "--port", "0", "--set", "Database:MigrateAtStart=false", .. s_secrets];
        var refused = await RunAsync(start);
        Assert.Equal(2, refused.Code);
        Assert.Contains("siaga migrate", Assert.Single(Lines(refused.Error)), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("migrate", "--data", folder)).Code);
        await using var siaga = await SiagaProcess.UpAsync(folder, [.. Settings, "Database:MigrateAtStart=false"]);
    }

    [Fact]
    public async Task A_start_waits_for_a_server_that_does_not_answer_yet()
    {
        await using var line = new FaultyProxy(_server.Address) { Usual = new ConnectionFate { CutAfterReceived = 0 } };
        await using var siaga = SiagaProcess.Launch(NewFolder(), Through(line));
        await Eventually.TrueAsync(
            "it says that it waits", () => siaga.Error.Contains("Waiting until it is available", StringComparison.Ordinal));
        line.Usual = new ConnectionFate();
        await siaga.ListenAsync();
    }

    [Fact]
    public async Task A_start_that_waits_ends_in_order_when_it_is_asked_to()
    {
        await using var line = new FaultyProxy(_server.Address) { Usual = new ConnectionFate { CutAfterReceived = 0 } };
        await using var siaga = SiagaProcess.Launch(NewFolder(), Through(line));
        await Eventually.TrueAsync(
            "it says that it waits", () => siaga.Error.Contains("Waiting until it is available", StringComparison.Ordinal));
        Assert.Equal(0, await siaga.StopAsync());
    }

    [Theory]
    [InlineData("Database:Backend", "", "Database:Backend must name")]
    [InlineData("Database:Backend", "Hoast=db;Database=x", "hoast")]
    [InlineData("Database:Backend", "Host=127.0.0.1;Port=1;Database=x;Username=y", "cannot be used")]
    [InlineData("Database:Engine", "oracle", "oracle")]
    [InlineData("Database:Egnine", "postgres", "Egnine")]
    [InlineData("Database:PasswordFile", "/no/such/file", "/no/such/file")]
    [InlineData("Database:MaxConnections", "0", "MaxConnections")]
    public async Task A_database_that_cannot_be_is_refused_in_a_line(string key, string value, string named)
    {
        var refused = await RunAsync(
            ["backend", "--data", NewFolder(), "--port", "0", "--set", $"{key}={value}", "--set", "Database:WaitAtStart=0", .. s_secrets]);
        Assert.True(refused.Code == 2, $"exit code {refused.Code}\n{refused.Output}\n{refused.Error}");
        var line = Assert.Single(Lines(refused.Error));
        Assert.Contains(named, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    private string[] Through(FaultyProxy line) =>
    [
        .. Settings.Where(s => !s.StartsWith("Database:Backend=", StringComparison.Ordinal)),
        $"Database:Backend={_server.ConnectionTo(_backend, line.Address.Port)}",
    ];

    private static string Steps(JsonElement line, string name) => line.GetProperty(name).GetRawText();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command with the databases of this test, unless the arguments set others.</summary>
    private Task<Outcome> RunAsync(params string[] args) => SiagaProcess.RunAsync(
        [args[0], .. Settings.Where(
            s => !args.Any(a => a.StartsWith(s[..(s.IndexOf('=', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)))
            .SelectMany(s => (string[])["--set", s]), .. args[1..]]);

    private string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("siaga-postgres-data-").FullName;
        _folders.Add(folder);
        return folder;
    }
}
