using System.Diagnostics;

namespace Siaga.Tests.Servers;

/// <summary>
/// A server of this process, kept by <c>eng/servers run</c> in a temporary folder. It starts on first use and ends with this process,
/// however that ends: its keeper reads a pipe from here. It can be killed, frozen and restarted in place.
/// </summary>
internal sealed class KeptServer : IAsyncDisposable
{
    // A minute for each start on a slow machine; S3 takes a quarter of that on a fast one.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<KeptServer>> s_postgres = new(() => StartAsync("postgres"));
    private static readonly Lazy<Task<KeptServer>> s_rabbit = new(() => StartAsync("rabbitmq"));
    private static readonly Lazy<Task<KeptServer>> s_s3 = new(() => StartAsync("s3"));

    private readonly Process _keeper;
    private readonly SemaphoreSlim _turn = new(1);

    private KeptServer(Process keeper, string said) => (_keeper, Said) = (keeper, said);

    /// <summary>Why RabbitMQ is not available on this machine; null when it is.</summary>
    public static string? MissingRabbit { get; } = File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server")
        ? null
        : "RabbitMQ is not installed here (eng/setup installs Debian's package)";

    /// <summary>Why an S3 server is not available on this machine; null when it is.</summary>
    public static string? MissingS3 { get; } =
        File.Exists("/usr/bin/radosgw") && File.Exists("/usr/bin/ceph-osd") && File.Exists("/usr/bin/ceph-mon")
            ? null
            : "Ceph's S3 gateway is not installed here (eng/setup installs Debian's packages)";

    /// <summary>Name and secret of the S3 server's user.</summary>
    public static (string AccessKey, string SecretKey) S3Keys => ("siaga", "siaga-secret-of-tests");

    /// <summary>The server's address; PostgreSQL has none and gives <see cref="Said"/> instead.</summary>
    public Uri Address => new(Said);

    /// <summary>The address as the server printed it.</summary>
    public string Said { get; }

    public static Task<KeptServer> RabbitAsync() => s_rabbit.Value;

    public static Task<KeptServer> S3Async() => s_s3.Value;

    /// <summary>A PostgreSQL with durable writes, which may be killed; its address is a connection string.</summary>
    public static Task<KeptServer> PostgresAsync() => s_postgres.Value;

    /// <summary>Stops the servers that were started.</summary>
    public static async Task StopAsync()
    {
        foreach (var one in (Lazy<Task<KeptServer>>[])[s_postgres, s_rabbit, s_s3])
        {
            if (one.IsValueCreated && one.Value.IsCompletedSuccessfully)
                await (await one.Value).DisposeAsync();
        }
    }

    /// <summary>Kills the server as a power cut does. For S3 only the gateway is killed: stored objects stay.</summary>
    public Task KillAsync() => TellAsync("kill");

    /// <summary>Restarts the server after a kill, on the same port and data; returns when it answers.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    /// <summary>Freezes the server: it keeps its connections and does not answer.</summary>
    public Task FreezeAsync() => TellAsync("freeze");

    public Task ThawAsync() => TellAsync("thaw");

    /// <summary>Raises RabbitMQ's disk alarm, as a full disk does: it answers, but accepts no messages.</summary>
    public Task RaiseAlarmAsync() => TellAsync("alarm");

    /// <summary>Clears the alarm; so does a restart.</summary>
    public Task EndAlarmAsync() => TellAsync("calm");

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _keeper.WaitForExitAsync(limit.Token);
        _keeper.Dispose();
        _turn.Dispose();
    }

    /// <summary>Starts a server in a folder of its own, which is created and removed.</summary>
    /// <param name="name">The server's name in <c>eng/servers</c>.</param>
    /// <param name="folder">The folder of its data.</param>
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
