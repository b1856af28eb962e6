using System.Globalization;
using System.Text;
using System.Text.Json;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Siaga;

/// <summary>What a process writes to standard error: readable text at a terminal, JSON for a log collector.</summary>
[Collection(Alone.Name)]
public sealed class LogTests : IDisposable
{
    private const int Uploads = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_line_of_JSON_says_when_how_bad_whose_which_and_what()
    {
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
        await using var siaga = await SiagaProcess.UpAsync(
            _folder, "Compatibility:KeylessIngestion=true", "Compatibility:OpenRegistration=true");
        await Eventually.TrueAsync("both are said", () => Lines(siaga).Count == 2);
        var lines = Lines(siaga);
        Assert.All(lines, line =>
        {
            var time = line.GetProperty("Timestamp").GetString()!;
            Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$", time);
            Assert.InRange(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), before, TimeProvider.System.GetUtcNow());
            Assert.Equal("Warning", line.GetProperty("LogLevel").GetString());
            Assert.Equal("Siaga.Web.CompatibilityWarnings", line.GetProperty("Category").GetString());
            Assert.Equal(1004, line.GetProperty("EventId").GetInt32());
        });
        Assert.Equal(
            ["KeylessIngestion", "OpenRegistration"], lines.Select(l => l.GetProperty("State").GetProperty("Setting").GetString()));
        Assert.StartsWith(
            "Compatibility:KeylessIngestion is on: ", lines[0].GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_for_a_person_is_one_line_with_the_time_of_day()
    {
        await using var siaga = await SiagaProcess.UpAsync(_folder, "Compatibility:KeylessIngestion=true", "Logging:Format=text");
        await Eventually.TrueAsync("it is said", () => siaga.Error.Contains("KeylessIngestion", StringComparison.Ordinal));
        var line = Assert.Single(siaga.Error.Split('\n'), l => l.Contains("KeylessIngestion", StringComparison.Ordinal));
        Assert.Matches(
            "^[0-9]{2}:[0-9]{2}:[0-9]{2} warn: Siaga.Web.CompatibilityWarnings\\[1004\\] Compatibility:KeylessIngestion is on", line);
    }

    [Fact]
    public async Task Five_hundred_uploads_refused_by_a_full_store_are_a_few_lines_of_less_than_two_kilobytes()
    {
        await using var siaga = await SiagaProcess.UpAsync(
            _folder, $"Storage:MinimumFreeBytes={1L << 50}", "Logging:LogLevel:Siaga=Information");
        using var api = new Api(siaga.Address);
        await api.SignInAsync();
        var camera = await api.MakeCameraAsync();
        var clip = await File.ReadAllBytesAsync(Tree.Anomaly);
        Assert.Equal(503, (await UploadAsync()).Status);
        var said = siaga.Error.Length;
        await Parallel.ForEachAsync(Enumerable.Range(1, Uploads), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var refused = await UploadAsync();
            Assert.Equal((503, "storage_full"), (refused.Status, refused.Code));
        });
        await Eventually.TrueAsync(
            "the first is said", () => siaga.Error.Contains("storage_full: POST /ingest/video failed", StringComparison.Ordinal));
        var more = siaga.Error[said..];
        Assert.DoesNotContain("   at ", siaga.Error, StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(more) < 2048, more);
        Assert.InRange(Lines(siaga).Count, 1, 3);

        Task<Answer> UploadAsync() => api.UploadAsync(camera.Key, new ByteArrayContent(clip));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    public async Task A_start_on_every_address_says_so_and_nothing_that_alarms(string bind)
    {
        await using var siaga = SiagaProcess.LaunchWith("up", _folder, ["--bind", bind]);
        await siaga.ListenAsync();
        await Eventually.TrueAsync("it says so", () => siaga.Error.Contains("Ctrl-C", StringComparison.Ordinal));
        Assert.Contains(
            $"listens on every address of this machine, port {siaga.Address.Port}; here at http://127.0.0.1:{siaga.Address.Port}/ (data in",
            siaga.Error, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", siaga.Address.Host);
        Assert.DoesNotContain("listens at", siaga.Error, StringComparison.Ordinal);
        IsQuiet(siaga);
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri(siaga.Address, "healthz/ready")));
    }

    [Fact]
    public async Task A_start_on_one_address_names_it()
    {
        await using var siaga = await SiagaProcess.UpAsync(_folder);
        await Eventually.TrueAsync("it says so", () => siaga.Error.Contains("Ctrl-C", StringComparison.Ordinal));
        Assert.Contains($"listens at http://127.0.0.1:{siaga.Address.Port}/ (data in", siaga.Error, StringComparison.Ordinal);
        IsQuiet(siaga);
    }

    /// <summary>As in a small image: the library is hidden from this process only, in a mount namespace of its own.</summary>
    [Fact]
    public async Task A_start_on_PostgreSQL_without_Kerberos_libraries_does_not_look_for_them()
    {
        const string needs = "needs root, unshare and the library to hide";
        if (PostgresServer.Missing is { } reason)
            Assert.Skip(reason);
        const string library = "/usr/lib/x86_64-linux-gnu/libgssapi_krb5.so.2";
        Assert.SkipUnless(Environment.UserName == "root" && File.Exists(library) && File.Exists("/usr/bin/unshare"), needs);
        var server = await PostgresServer.GetAsync();
        var (backend, ingestion) = (await server.CreateAsync(), await server.CreateAsync());
        try
        {
            await using (var quiet = await StartAsync(""))
            {
                IsQuiet(quiet);
            }

            // With the option set, the library is looked for: this proves that it is hidden, and that a connection string still decides.
            await using var asked = await StartAsync(";GSS Encryption Mode=Prefer");
            await Eventually.TrueAsync(
                "the runtime complains", () => asked.Error.Contains("libgssapi_krb5.so.2", StringComparison.Ordinal));
        }
        finally
        {
            await server.DropAsync(backend);
            await server.DropAsync(ingestion);
        }

        async Task<SiagaProcess> StartAsync(string more)
        {
            var siaga = SiagaProcess.LaunchUnder(
                ["unshare", "-m", "sh", "-c", $"mount --bind /dev/null {library} && exec \"$@\"", "sh"], "up", _folder,
                [
                    "--set", "Database:Engine=postgres", "--set", $"Database:Backend={server.ConnectionTo(backend)}{more}",
                    "--set", $"Database:Ingestion={server.ConnectionTo(ingestion)}{more}",
                ]);
            await siaga.ListenAsync();
            return siaga;
        }
    }

    private static void IsQuiet(SiagaProcess siaga)
    {
        Assert.DoesNotContain("   at ", siaga.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Cannot load library", siaga.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", siaga.Error, StringComparison.Ordinal);
        Assert.Empty(Lines(siaga));
    }

    /// <summary>The lines of the log; other output at start is not JSON.</summary>
    private static List<JsonElement> Lines(SiagaProcess siaga) =>
    [
        .. siaga.Error.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonDocument.Parse(l).RootElement),
    ];
}
