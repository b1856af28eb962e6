using Siaga.Tests.Servers;

namespace Siaga.Tests.Siaga;

/// <summary>An installation without a worker, so that clips are accepted but not analysed.</summary>
public abstract class UploadTestHost : IAsyncLifetime
{
    /// <summary>Why it cannot run on this machine; null when it can.</summary>
    public virtual string? Missing => null;

    internal Installation TestHost { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => TestHost = await StartAsync(("Ingestion:MaxClipBytes", "1000000"));

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestHost is not null)
            await TestHost.DisposeAsync();
    }

    /// <summary>Starts another installation on the same kind of database.</summary>
    internal abstract Task<Installation> StartAsync(params (string Key, string Value)[] settings);
}

public sealed class FileUploadTestHost : UploadTestHost
{
    internal override Task<Installation> StartAsync(params (string Key, string Value)[] settings) =>
        Installation.StartAsync(withWorker: false, settings);
}

public sealed class PostgresUploadTestHost : UploadTestHost
{
    private readonly List<string> _databases = [];
    private PostgresServer _server = null!;

    public override string? Missing => PostgresServer.Missing;

    public override async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        _server = await PostgresServer.GetAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var database in _databases)
            await _server.DropAsync(database);
    }

    internal override async Task<Installation> StartAsync(params (string Key, string Value)[] settings)
    {
        var (backend, ingestion) = (await _server.CreateAsync(), await _server.CreateAsync());
        _databases.AddRange([backend, ingestion]);
        return await Installation.StartAsync(
            withWorker: false,
            [
                .. settings, .. SharedSecrets.Settings, ("Database:Engine", "postgres"),
                ("Database:Backend", _server.ConnectionTo(backend)), ("Database:Ingestion", _server.ConnectionTo(ingestion)),
            ]);
    }
}
