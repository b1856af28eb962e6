using System.Net.ServerSentEvents;
using System.Text.Json;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Siaga;

/// <summary>Two Backends, two Ingestions and two Workers, each in its own process, on PostgreSQL, RabbitMQ and S3.</summary>
[Collection(Alone.Name)]
public sealed class ClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-cluster-").FullName;
    private readonly string _name = $"cluster-{Guid.NewGuid():N}";
    private readonly List<SiagaProcess> _processes = [];
    private readonly List<string> _databases = [];
    private PostgresServer _postgres = null!;
    private KeptServer _rabbit = null!;
    private KeptServer _s3 = null!;

    private string[] Settings =>
    [
        "Database:Engine=postgres", $"Database:Backend={_postgres.ConnectionTo(_databases[0])}",
        $"Database:Ingestion={_postgres.ConnectionTo(_databases[1])}",
        "Messaging:Broker=rabbitmq", $"Messaging:RabbitMq:Url={_rabbit.Address}", $"Messaging:RabbitMq:Prefix={_name}.",
        "Storage:Kind=s3", $"Storage:S3:Endpoint={_s3.Address}", $"Storage:S3:Bucket={_name}", "Storage:S3:MakeBucket=true",
        $"Storage:S3:AccessKey={KeptServer.S3Keys.AccessKey}", $"Storage:S3:SecretKey={KeptServer.S3Keys.SecretKey}",
        .. SharedSecrets.Assignments,
    ];

    public async ValueTask InitializeAsync()
    {
        if ((PostgresServer.Missing ?? KeptServer.MissingRabbit ?? KeptServer.MissingS3) is { } reason)
            Assert.Skip(reason);
        var (rabbit, s3) = (KeptServer.RabbitAsync(), KeptServer.S3Async());
        _postgres = await PostgresServer.GetAsync();
        _databases.Add(await _postgres.CreateAsync());
        _databases.Add(await _postgres.CreateAsync());
        (_rabbit, _s3) = (await rabbit, await s3);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        foreach (var database in _databases)
            await _postgres.DropAsync(database);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_clip_taken_by_any_ingestion_alerts_people_at_every_backend()
    {
        // Started at the same time: one migrates and creates the first account, the other waits.
        var backends = await Task.WhenAll(ServeAsync("backend"), ServeAsync("backend"));
        var ingestions = await Task.WhenAll(IngestionAsync(backends[0]), IngestionAsync(backends[1]));
        await Task.WhenAll(WorkerAsync(backends[0]), WorkerAsync(backends[0]));
        using var api = new Api(backends[0].Address);
        await api.SignInAsync();
        var camera = await api.MakeCameraAsync();
        using var there = new Api(backends[1].Address);
        await there.SignInAsync();
        using var stop = new CancellationTokenSource(s_limit);
        using var events = await there.OpenAsync("api/events", stop.Token);

        // The camera's first clips reach both Ingestions at the same time, and both learn its key.
        using var uploads = new Doors(ingestions);
        var begun = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var sent = await Task.WhenAll(
            uploads[0].UploadAsync(camera, Tree.Anomaly, begun), uploads[1].UploadAsync(camera, Tree.Anomaly, begun.AddSeconds(10)));
        Assert.All(sent, s => Assert.Equal(202, s.Status));
        var anomalies = await AnomaliesAsync(events, 2, stop.Token);
        Assert.Equal(2, anomalies.Select(a => a.GetProperty("id").GetInt64()).Distinct().Count());

        // The link leads directly to the object storage.
        using var viewer = new HttpClient();
        var clip = await viewer.GetByteArrayAsync(new Uri(anomalies[0].GetProperty("video_clip_url").GetString()!), stop.Token);
        Assert.Equal(await File.ReadAllBytesAsync(Tree.Anomaly, stop.Token), clip);

        // The same clip sent to the other Ingestion is the same clip.
        var again = await uploads[1].UploadAsync(camera, Tree.Anomaly, begun);
        Assert.Equal(sent[0].Body.GetProperty("clip_id").GetString(), again.Body.GetProperty("clip_id").GetString());
        await CheckAsync();
    }

    [Theory]
    [InlineData("Messaging:RabbitMq:Url=http://mq", "Messaging:RabbitMq:Url")]
    [InlineData("Messaging:Brokr=rabbitmq", "Brokr")]
    [InlineData("Messaging:RabbitMq:Uri=amqp://mq", "Uri")]
    [InlineData("Storage:Kind=tape", "tape")]
    [InlineData("Storage:S3:Endpoint=http://s3:9000/path", "Storage:S3:Endpoint")]
    [InlineData("Storage:S3:SecretKey=", "SecretKeyFile")]
    [InlineData("Storage:S3:PartBytes=1000", "PartBytes")]
    [InlineData("Storage:S3:Bukket=x", "Bukket")]
    [InlineData("Storage:S3:MakeBucket=false", "There is no bucket")]
    public async Task A_setting_that_cannot_be_is_refused_in_a_line(string setting, string named)
    {
        var key = setting[..(setting.IndexOf('=', StringComparison.Ordinal) + 1)];
        var settings = Settings.Where(s => !s.StartsWith(key, StringComparison.Ordinal)).Append(setting);
        var refused = await SiagaProcess.RunAsync(
            ["backend", "--data", _folder, "--port", "0", .. settings.SelectMany(s => (string[])["--set", s])]);
        Assert.True(refused.Code == 2, $"exit code {refused.Code}\n{refused.Output}\n{refused.Error}");
        var line = Assert.Single(refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<IReadOnlyList<JsonElement>> AnomaliesAsync(
        HttpResponseMessage events, int count, CancellationToken cancellationToken)
    {
        var anomalies = new List<JsonElement>();
        var stream = await events.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType != "anomaly")
                continue;
            anomalies.Add(JsonDocument.Parse(item.Data).RootElement);
            if (anomalies.Count == count)
                return anomalies;
        }

        throw new EndOfStreamException("The stream of events ended.");
    }

    private async Task<SiagaProcess> ServeAsync(string command, params string[] settings)
    {
        var process = await SiagaProcess.ServeAsync(command, _folder, [.. Settings, .. settings]);
        lock (_processes)
            _processes.Add(process);
        return process;
    }

    private Task<SiagaProcess> IngestionAsync(SiagaProcess backend) => ServeAsync("ingestion", $"Ingestion:BackendUrl={backend.Address}");

    private Task<SiagaProcess> WorkerAsync(SiagaProcess backend) =>
        ServeAsync("worker", $"Worker:BackendUrl={backend.Address}", "Worker:Concurrency=1");

    private async Task CheckAsync()
    {
        var check = await SiagaProcess.RunAsync(
            ["check", "--data", _folder, "--content", "--json", .. Settings.SelectMany(s => (string[])["--set", s])]);
        Assert.True(check.Code == 0, check.Output + check.Error);
        Assert.True(check.Lines[^1].GetProperty("looked").GetInt64() > 0);
    }

    /// <summary>The upload addresses for cameras.</summary>
    private sealed class Doors(IEnumerable<SiagaProcess> ingestions) : IDisposable
    {
        private readonly Api[] _apis = [.. ingestions.Select(i => new Api(i.Address))];

        public Api this[int index] => _apis[index];

        public void Dispose()
        {
            foreach (var api in _apis)
                api.Dispose();
        }
    }
}
