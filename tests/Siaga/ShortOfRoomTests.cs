using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Siaga;

/// <summary>Servers that answer but are full: health reports it, and nothing needs a restart once there is room again.</summary>
[Collection(Alone.Name)]
public sealed class ShortOfRoomTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-room-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_RabbitMQ_whose_alarm_blocks_publishers_is_told_of_while_uploads_are_taken()
    {
        if (KeptServer.MissingRabbit is { } reason)
            Assert.Skip(reason);
        var rabbit = await KeptServer.RabbitAsync();
        await using var siaga = await SiagaProcess.UpAsync(
            _folder, "Messaging:Broker=rabbitmq", $"Messaging:RabbitMq:Url={rabbit.Address}",
            $"Messaging:RabbitMq:Prefix=room{Guid.NewGuid():N}.", "Logging:LogLevel:Siaga=Information");
        using var api = new Api(siaga.Address);
        await api.SignInAsync();
        var camera = await api.MakeCameraAsync();
        await Eventually.TrueAsync("RabbitMQ is well", async () => await PartAsync(api, "rabbitmq") == (true, "ok"), s_limit);
        await rabbit.RaiseAlarmAsync();
        try
        {
            await Eventually.TrueAsync(
                "health says so", async () => await PartAsync(api, "rabbitmq") == (false, "takes no messages: its alarm: low on disk"));
            Assert.Equal((200, null), await ReadyAsync(siaga));
            var taken = await api.UploadAsync(camera, Tree.Anomaly);
            Assert.Equal(202, taken.Status);
            await Eventually.TrueAsync("it is a metric", async () => await BlockedAsync(siaga) == 1);
            await Eventually.TrueAsync(
                "it is in the log", () => siaga.Error.Contains("RabbitMQ takes no messages: low on disk", StringComparison.Ordinal));
        }
        finally
        {
            await rabbit.EndAlarmAsync();
        }

        await Eventually.TrueAsync("health says that it is over", async () => await PartAsync(api, "rabbitmq") == (true, "ok"), s_limit);
        await Eventually.TrueAsync(
            "the clip that waited is analysed", async () => (await api.ListAsync("api/analyses")).Count == 1, s_limit);
        await Eventually.TrueAsync("the metric too", async () => await BlockedAsync(siaga) == 0);
        Assert.DoesNotContain("   at ", siaga.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PostgreSQL_without_room_makes_its_services_not_ready_until_there_is_room()
    {
        if (PostgresServer.Missing is { } reason)
            Assert.Skip(reason);
        Assert.SkipUnless(Environment.UserName == "root", "needs root, to mount a small file system");
        var disk = Path.Combine(_folder, "disk");
        Directory.CreateDirectory(disk);

        // The server runs as another user.
        await RunAsync("chmod", "711", _folder);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", disk);
        try
        {
            await using var server = await KeptServer.StartInAsync("postgres", Path.Combine(disk, "server"));
            var connection = server.Said + ";Database=";
            foreach (var database in (string[])["backend", "ingestion"])
                await RunAsync("psql", "-q", ToUri(server.Said), "-c", $"CREATE DATABASE {database} STRATEGY FILE_COPY");
            string[] settings =
            [
                "Database:Engine=postgres", $"Database:Backend={connection}backend", $"Database:Ingestion={connection}ingestion",
                .. SharedSecrets.Assignments,
            ];
            await using var backend = await SiagaProcess.ServeAsync("backend", Path.Combine(_folder, "backend"), settings);
            await using var ingestion = await SiagaProcess.ServeAsync(
                "ingestion", Path.Combine(_folder, "ingestion"), [.. settings, $"Ingestion:BackendUrl={backend.Address}"]);
            Assert.Equal((200, null), await ReadyAsync(backend));
            Assert.Equal((200, null), await ReadyAsync(ingestion));
            var filler = Path.Combine(disk, "filler");
            Fill(filler);
            foreach (var service in (SiagaProcess[])[backend, ingestion])
                await Eventually.TrueAsync("it is not ready", async () => await ReadyAsync(service) == (503, "database_full"), s_limit);
            File.Delete(filler);
            foreach (var service in (SiagaProcess[])[backend, ingestion])
                await Eventually.TrueAsync("it is ready", async () => await ReadyAsync(service) == (200, null), s_limit);
        }
        finally
        {
            await RunAsync("umount", "--lazy", disk);
        }
    }

    private static string ToUri(string said)
    {
        var parts = said.Split(';').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return $"postgresql://{parts["Username"]}@{parts["Host"]}:{parts["Port"]}/postgres";
    }

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                stream.Write(block);
        }
        catch (IOException)
        {
            // The disk is full, as intended.
        }
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true, UseShellExecute = false })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {error}");
    }

    private static async Task<(bool Ok, string? Status)> PartAsync(Api api, string part)
    {
        var state = (await api.SendAsync(HttpMethod.Get, "api/health/report")).Body.GetProperty(part);
        return (state.GetProperty("ok").GetBoolean(), state.GetProperty("status").GetString());
    }

    /// <summary>The value of the metric; null when it has none.</summary>
    private static async Task<int?> BlockedAsync(SiagaProcess siaga)
    {
        using var http = new HttpClient();
        var lines = (await http.GetStringAsync(new Uri(siaga.Address, "metrics"))).Split('\n');
        var line = lines.FirstOrDefault(l => l.StartsWith("siaga_broker_blocked", StringComparison.Ordinal));

        // Name and labels, the value, and optionally a timestamp.
        if (line is null)
            return null;
        var value = line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.Parse(value, CultureInfo.InvariantCulture);
    }

    private static async Task<(int Status, string? Code)> ReadyAsync(SiagaProcess siaga)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(siaga.Address, "healthz/ready"));
        var text = await answer.Content.ReadAsStringAsync();
        return (
            (int)answer.StatusCode,
            answer.IsSuccessStatusCode ? null : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }
}
