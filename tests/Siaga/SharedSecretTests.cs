using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Siaga.Composition.Wiring;

namespace Siaga.Tests.Siaga;

/// <summary>
/// Services on several servers are given their shared secrets. In a data folder they are generated, but only those that are used.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SharedSecretTests : IDisposable
{
    private const string Rabbit = "Messaging:Broker=rabbitmq Messaging:RabbitMq:Url=amqp://127.0.0.1:1";
    private const string Postgres =
        "Database:Engine=postgres Database:Backend=Host=127.0.0.1;Database=a Database:Ingestion=Host=127.0.0.1;Database=b";
    private const string Keys = "Auth:SigningKeyFile";
    private const string Worker = "ServiceTokens:WorkerFile";
    private const string Ingestion = "ServiceTokens:IngestionFile";

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("backend", "", "")]
    [InlineData("backend", Rabbit, $"{Keys} {Worker} {Ingestion}")]
    [InlineData("backend", Postgres, $"{Keys} {Worker} {Ingestion}")]
    [InlineData("backend", "Database:Engine=POSTGRES", $"{Keys} {Worker} {Ingestion}")]
    [InlineData("backend", $"{Postgres} Auth:SigningKey=k ServiceTokens:WorkerFile=f", Ingestion)]
    [InlineData("backend", $"{Postgres} Auth:SigningKeyFile=f ServiceTokens:Worker=t ServiceTokens:IngestionFile=f", "")]
    [InlineData("backend", $"{Postgres} Auth:SigningKeyFile= ServiceTokens:Worker=t ServiceTokens:IngestionFile=f", Keys)]
    [InlineData("ingestion", "Messaging:Broker=embedded Database:Engine=sqlite", "")]
    [InlineData("ingestion", Rabbit, $"{Keys} {Ingestion}")]
    [InlineData("ingestion", Postgres, $"{Keys} {Ingestion}")]
    [InlineData("worker", "", "")]
    [InlineData("worker", Rabbit, Worker)]
    [InlineData("worker", Postgres, Worker)]
    [InlineData("worker", $"{Rabbit} ServiceTokens:Worker=t", "")]
    [InlineData("ingestion worker", Rabbit, $"{Keys} {Worker} {Ingestion}")]
    [InlineData("backend ingestion", Rabbit, Worker)]
    [InlineData("backend ingestion worker", $"{Rabbit} {Postgres}", "")]
    public void What_is_shared_with_another_process_and_not_set_is_missing(string services, string settings, string missing)
    {
        var set = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=', 2));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(set.ToDictionary(s => s[0], string? (s) => s[1])).Build();
        Assert.Equal(
            missing.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            SharedSecret.All.Where(s => s.SourceFor(services.Split(' '), configuration) == SecretSource.Missing)
                .Select(s => s.FileSetting));
    }

    [Theory]
    [InlineData("backend", Rabbit, $"{Keys}, {Worker}, {Ingestion}.")]
    [InlineData("backend", Postgres, $"{Keys}, {Worker}, {Ingestion}.")]
    [InlineData("ingestion", Postgres, $"{Keys}, {Ingestion}.")]
    [InlineData("worker", Rabbit, $": {Worker}.")]
    public async Task A_service_on_servers_refuses_to_start_without_them_and_makes_none(string service, string settings, string named)
    {
        var refused = await SiagaProcess.RunAsync(
            [service, "--data", _folder, "--port", "0", .. settings.Split(' ').SelectMany(s => (string[])["--set", s])]);
        Assert.Equal(2, refused.Code);
        Assert.EndsWith(named, Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_start_without_them_says_what_else_is_wrong_and_where_older_ones_lie()
    {
        var old = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName, "signing.key");
        await File.WriteAllTextAsync(old, "", TestContext.Current.CancellationToken);
        string[] settings = ["Database:Engine=postgres", "Database:MaxConnections=0", "Watchdog:Failures=0"];
        var refused = await SiagaProcess.RunAsync(
            ["backend", "--data", _folder, "--port", "0", .. settings.SelectMany(s => (string[])["--set", s])]);
        var line = Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{Keys} (this data folder has {old})", line, StringComparison.Ordinal);
        Assert.Contains("MaxConnections", line, StringComparison.Ordinal);
        Assert.Contains("Failures", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_empty_is_no_token()
    {
        var file = Path.Combine(_folder, "empty");
        await File.WriteAllTextAsync(file, "\n", TestContext.Current.CancellationToken);
        var refused = await SiagaProcess.RunAsync("worker", "--data", _folder, "--port", "0", "--set", $"{Worker}={file}");
        Assert.Equal((2, $"siaga worker: {Worker}: {file} is empty.\n"), (refused.Code, refused.Error));
    }

    [Theory]
    [InlineData("worker", "worker.token")]
    [InlineData("ingestion", "ingestion.token", "signing.key")]
    [InlineData("backend", "ingestion.token", "signing.key", "worker.token")]
    public async Task In_a_data_folder_a_service_makes_what_it_uses_readable_by_its_owner(string service, params string[] made)
    {
        await using var siaga = await SiagaProcess.ServeAsync(service, _folder);
        var secrets = Path.Combine(_folder, "secrets");
        Assert.Equal(made, Directory.GetFiles(secrets).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(secrets), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(secrets));
    }

    [Fact]
    public async Task A_worker_needs_no_signing_key_and_believes_no_token_of_a_person()
    {
        await using var worker = await SiagaProcess.ServeAsync("worker", _folder, "Auth:SigningKeyFile=/no/such/file");
        using var http = new HttpClient { BaseAddress = worker.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HA");
        Assert.Equal("ok", await http.GetStringAsync(new Uri("healthz", UriKind.Relative)));
        using var link = await http.GetAsync(new Uri("blobs/a.mp4?expires=1&signature=a", UriKind.Relative));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, link.StatusCode);
    }

    [Fact]
    public async Task Commands_that_only_look_at_the_data_neither_need_nor_make_any()
    {
        Assert.Equal(0, (await SiagaProcess.RunAsync("migrate", "--data", _folder)).Code);
        var check = await SiagaProcess.RunAsync("check", "--data", _folder);
        Assert.True(check.Code == 0, check.Error);
        var dead = await SiagaProcess.RunAsync("tasks", "dead", "list", "--data", _folder);
        Assert.Equal((0, "", "There are no dead letters."), (dead.Code, dead.Output, dead.Error.Trim()));
        Assert.False(Directory.Exists(Path.Combine(_folder, "secrets")));
    }

    [Fact]
    public async Task Many_that_make_one_at_once_all_have_the_same()
    {
        using var folder = new DataFolder(_folder);
        var secrets = folder.Secrets;
        for (var round = 0; round < 200; round++)
        {
            var name = $"{round}.key";
            var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => secrets.GetOrMake(name, SecretFiles.NewKey))));
            Assert.Single(read.Distinct(StringComparer.Ordinal));
        }

        Assert.All(Directory.GetFiles(Path.Combine(_folder, "secrets")), f => Assert.EndsWith(".key", f, StringComparison.Ordinal));
    }
}
