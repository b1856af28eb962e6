using System.Diagnostics;

namespace Siaga.Tests.Servers;

/// <summary>
/// A server of this process's own, kept by <c>eng/servers run</c> in a folder under the temporary one. It starts when it is first needed and
/// ends with this process, however that ends: its keeper reads a pipe from here. It can be killed, frozen and started again where it was.
/// </summary>
internal sealed class KeptServer : IAsyncDisposable
{
    // Each a minute on a slow machine; S3 takes a quarter of one on a fast one.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<KeptServer>> s_postgres = new(() => StartAsync("postgres"));
    private static readonly Lazy<Task<KeptServer>> s_rabbit = new(() => StartAsync("rabbitmq"));
    private static readonly Lazy<Task<KeptServer>> s_s3 = new(() => StartAsync("s3"));

    private readonly Process _keeper;
    private readonly SemaphoreSlim _turn = new(1);

    private KeptServer(Process keeper, string said) => (_keeper, Said) = (keeper, said);

    /// <summary>Why there is no RabbitMQ on this machine; null where there is.</summary>
    public static string? MissingRabbit { get; } = File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server")
        ? null
        : "RabbitMQ is not installed here (eng/setup installs Debian's package)";

    /// <summary>Why there is no S3 server on this machine; null where there is.</summary>
    public static string? MissingS3 { get; } = File.Exists("/usr/bin/radosgw") && File.Exists("/usr/bin/ceph-osd") && File.Exists("/usr/bin/ceph-mon")
        ? null
        : "Ceph's S3 gateway is not installed here (eng/setup installs Debian's packages)";

    /// <summary>What the S3 server's user is called, and its secret.</summary>
    public static (string AccessKey, string SecretKey) S3Keys => ("siaga", "siaga-secret-of-tests");

    /// <summary>Where it listens; of PostgreSQL, which has no such address, see <see cref="Said"/>.</summary>
    public Uri Address => new(Said);

    /// <summary>How it says where it listens.</summary>
    public string Said { get; }

    public static Task<KeptServer> RabbitAsync() => s_rabbit.Value;

    public static Task<KeptServer> S3Async() => s_s3.Value;

    /// <summary>A PostgreSQL that writes as it does in earnest, and may be killed; its address is a connection string.</summary>
    public static Task<KeptServer> PostgresAsync() => s_postgres.Value;

    /// <summary>Ends those that were started.</summary>
    public static async Task StopAsync()
    {
        foreach (var one in (Lazy<Task<KeptServer>>[])[s_postgres, s_rabbit, s_s3])
        {
            if (one.IsValueCreated && one.Value.IsCompletedSuccessfully)
                await (await one.Value).DisposeAsync();
        }
    }

    /// <summary>As a power cut ends it. Of S3 the gateway alone: what it stored stays.</summary>
    public Task KillAsync() => TellAsync("kill");

    /// <summary>Starts it again after a kill, on the same port and data; returns when it answers.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    /// <summary>It keeps its connections and says nothing.</summary>
    public Task FreezeAsync() => TellAsync("freeze");

    public Task ThawAsync() => TellAsync("thaw");

    /// <summary>Of RabbitMQ: its disk alarm, as on a full disk. It answers, and takes no messages.</summary>
    public Task RaiseAlarmAsync() => TellAsync("alarm");

    /// <summary>Ends the alarm; so does a restart.</summary>
    public Task EndAlarmAsync() => TellAsync("calm");

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _keeper.WaitForExitAsync(limit.Token);
        _keeper.Dispose();
        _turn.Dispose();
    }

    /// <summary>One of its own, in a folder that is made and removed.</summary>
    /// <param name="name">As <c>eng/servers</c> calls it.</param>
    /// <param name="folder">Its data's.</param>
    public static Task<KeptServer> StartInAsync(string name, string folder) => StartAsync(name, folder);

    private static Task<KeptServer> StartAsync(string name) =>
        StartAsync(name, Path.Combine(Path.GetTempPath(), $"siaga-{name}-{Guid.NewGuid():N}"));

    private static async Task<KeptServer> StartAsync(string name, string folder)
    {
        var keeper = Process.Start(new ProcessStartInfo(Path.Combine(FindRoot(), "eng", "servers"), ["run", name, folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var error = keeper.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        var said = await keeper.StandardOutput.ReadLineAsync(limit.Token);
        if (said is null || !said.StartsWith("ready ", StringComparison.Ordinal))
            throw new InvalidOperationException($"eng/servers run {name} did not start it: {said} {await error}");
        return new KeptServer(keeper, said["ready ".Length..]);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Siaga.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
        return folder.FullName;
    }

    private async Task TellAsync(string command)
    {
        await _turn.WaitAsync();
        try
        {
            await _keeper.StandardInput.WriteLineAsync(command);
            await _keeper.StandardInput.FlushAsync();
            using var limit = new CancellationTokenSource(s_limit);
            var said = await _keeper.StandardOutput.ReadLineAsync(limit.Token);
            if (said != $"done {command}")
                throw new InvalidOperationException($"The keeper did not {command}: {said}");
        }
        finally
        {
            _turn.Release();
        }
    }
}
