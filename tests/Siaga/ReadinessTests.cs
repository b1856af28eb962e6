using System.Net;
using System.Text.Json;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Siaga;

/// <summary>Alive is not the same as ready: each service reports what it lacks, and requires nothing else.</summary>
[Collection(Alone.Name)]
public sealed class ReadinessTests : IDisposable
{
    // No server listens on this port.
    private const string NoBroker = "Messaging:RabbitMq:Url=amqp://siaga:siaga@127.0.0.1:1/";

    private static string[] OnServers => ["Messaging:Broker=rabbitmq", NoBroker, .. SharedSecrets.Assignments];

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-ready-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_in_one_is_ready()
    {
        await using var siaga = await SiagaProcess.UpAsync(_folder);
        Assert.Equal((200, null), await ReadyAsync(siaga));
    }

    [Fact]
    public async Task Ingestion_is_ready_without_a_broker_and_not_ready_with_a_full_store()
    {
        await using var ready = await SiagaProcess.ServeAsync("ingestion", Path.Combine(_folder, "a"), OnServers);
        Assert.Equal((200, null), await ReadyAsync(ready));
        await using var full = await SiagaProcess.ServeAsync(
            "ingestion", Path.Combine(_folder, "b"), $"Storage:MinimumFreeBytes={1L << 50}");
        Assert.Equal((503, "storage_full"), await ReadyAsync(full));
        Assert.True(await LivesAsync(full));
    }

    [Fact]
    public async Task A_worker_is_not_ready_without_a_broker_and_ready_without_a_backend()
    {
        await using var alone = await SiagaProcess.ServeAsync("worker", Path.Combine(_folder, "a"), OnServers);
        Assert.Equal((503, "broker_unavailable"), await ReadyAsync(alone));
        Assert.True(await LivesAsync(alone));
        await using var ready = await SiagaProcess.ServeAsync(
            "worker", Path.Combine(_folder, "b"), "Worker:BackendUrl=http://127.0.0.1:1/");
        Assert.Equal((200, null), await ReadyAsync(ready));
    }

    [Fact]
    public async Task A_start_says_that_it_waits_for_the_object_storage_and_ends_in_order_meanwhile()
    {
        // No server listens at the endpoint.
        await using var siaga = SiagaProcess.Launch(
            _folder, "Storage:Kind=s3", "Storage:S3:Endpoint=http://127.0.0.1:1", "Storage:S3:Bucket=clips", "Storage:S3:AccessKey=a",
            "Storage:S3:SecretKey=b");
        await Eventually.TrueAsync(
            "it says that it waits", () => siaga.Error.Contains("Waiting until it is available", StringComparison.Ordinal));
        Assert.Contains("The object storage does not answer. Waiting until it is available.", siaga.Error, StringComparison.Ordinal);
        Assert.Equal(0, await siaga.StopAsync());
    }

    private static async Task<bool> LivesAsync(SiagaProcess siaga)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(siaga.Address, "healthz")) == "ok";
    }

    private static async Task<(int Status, string? Code)> ReadyAsync(SiagaProcess siaga)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(siaga.Address, "healthz/ready"));
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode,
            answer.StatusCode == HttpStatusCode.OK ? null : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }
}
