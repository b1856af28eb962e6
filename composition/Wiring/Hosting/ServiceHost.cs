using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Backend;
using Siaga.Messaging;
using Siaga.Telemetry;
using Siaga.Web;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Services that run in this process, on one port and one data folder.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    private static readonly Uri s_defaultBackend = new("http://127.0.0.1:8080");

    private readonly WebApplication _app;
    private readonly DataFolder _folder;

    private ServiceHost(WebApplication app, DataFolder folder) => (_app, _folder) = (app, folder);

    /// <summary>The address for programs on this machine (in this container).</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>The address that it is bound to, such as <c>http://0.0.0.0:8080</c> for every address of the machine.</summary>
    public string Listening { get; private set; } = "";

    public string DataFolder => _folder.Path;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the services, and returns when they listen.</summary>
    /// <exception cref="DataFolderInUseException">One of these services runs on this folder already.</exception>
    /// <exception cref="InvalidOperationException">A setting is unknown or invalid.</exception>
    public static async Task<ServiceHost> StartAsync(
        HostSettings settings, IReadOnlyList<ServicePart> parts, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(settings.Folder);
        WebApplication? app = null;
        try
        {
            app = Build(settings, parts, folder);

            // All invalid settings are reported at once, before an endpoint needs
            // one of them and before the first table or account is created.
            app.Services.GetService<IStartupValidator>()?.Validate();
            Map(app, parts);
            foreach (var part in parts.Where(p => p.AddDatabase is not null && app.Services.KeepsFiles()))
                folder.Lock(part.Name);
            foreach (var part in parts)
                part.Verify(app.Services, app.Configuration);
            await app.Services.PrepareStorageAsync(cancellationToken);
            await app.Services.WhenDatabasesAnswerAsync(
                async () =>
                {
                    await app.Services.MigrateDatabasesAsync(cancellationToken);
                    foreach (var part in parts)
                        await part.Prepare(app.Services, folder);
                },
                cancellationToken);
            await app.StartAsync(cancellationToken);
            var host = new ServiceHost(app, folder) { Address = AddressOf(app), Listening = ListeningOf(app) };
            app.Services.GetRequiredService<BackendAddress>().Set(BackendOf(app, parts) ?? host.Address);
            return host;
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            folder.Dispose();

            // A start that was cancelled is reported as cancelled, whatever failed.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>The services' parts without starting them, for commands that read their data, also while they run elsewhere.</summary>
    public static ServiceProvider Open(HostSettings settings, IReadOnlyList<ServicePart> parts)
    {
        // Not disposed: it holds no lock unless Lock is called.
        var builder = Prepare(settings, parts, new DataFolder(settings.Folder));
        return builder.Services.BuildServiceProvider();
    }

    /// <summary>True if the settings keep the databases as files of the data folder, which then has to exist to be read.</summary>
    /// <exception cref="InvalidOperationException">The settings cannot be read, or have unknown names.</exception>
    public static bool KeepsFiles(HostSettings settings)
    {
        using var configuration = new ConfigurationManager();
        HostConfiguration.Load(configuration, settings);
        var engine = configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.Engine)}"];
        return !string.Equals(engine, nameof(DatabaseKind.Postgres), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Starts, prints the address, and runs until it is stopped.</summary>
    public static async Task RunAsync(HostSettings settings, IReadOnlyList<ServicePart> parts, CancellationToken cancellationToken)
    {
        await using var host = await StartAsync(settings, parts, cancellationToken);
        Watchdog.Start(
            host.Services.GetRequiredService<IOptions<WatchdogOptions>>().Value, host.Address, TimeProvider.System,
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await Console.Error.WriteLineAsync(
            $"Siaga ({string.Join(", ", parts.Select(p => p.Name))}) listens {WhereOf(host)} "
            + $"(data in {host.DataFolder}). Press Ctrl-C to stop it.");
        if (settings.Json)
        {
            var said = new { url = host.Address, listens = host.Listening, data = host.DataFolder };
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(said));
        }

        await host.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until the services are stopped.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplicationBuilder Prepare(HostSettings settings, IReadOnlyList<ServicePart> parts, DataFolder folder)
    {
        MachineProxy.Use();
        var builder = WebApplication.CreateSlimBuilder();
        HostConfiguration.Load(builder.Configuration, settings);
        HostLogging.Configure(builder.Logging, builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls($"http://{settings.Bind}:{settings.Port}");
        builder.Services.AddServiceWiring(builder.Configuration, folder);
        builder.Services.AddStrictOptions<WatchdogOptions, WatchdogOptionsValidator>(builder.Configuration, WatchdogOptions.Section);
        foreach (var part in parts)
        {
            part.AddDatabase?.Invoke(builder.Services, builder.Configuration, folder);
            part.Add(builder.Services, builder.Configuration);
        }

        builder.Services.AddQueueMetrics();
        builder.Services.AddSiagaTelemetry(builder.Configuration, parts.Count == 1 ? $"siaga-{parts[0].Name}" : "siaga");
        return builder;
    }

    private static WebApplication Build(HostSettings settings, IReadOnlyList<ServicePart> parts, DataFolder folder)
    {
        var builder = Prepare(settings, parts, folder);
        builder.Services.AddSharedSecrets(builder.Configuration, folder, [.. parts.Select(p => p.Name)]);
        return builder.Build();
    }

    private static void Map(WebApplication app, IReadOnlyList<ServicePart> parts)
    {
        app.UseSiagaWeb();
        foreach (var part in parts)
            part.Map(app);
        app.MapServiceWiring();
        app.MapSiagaMetrics();
        if (parts.All(p => p.BackendUrlSetting is not null))
            app.MapHealthz();
    }

    /// <summary>The Backend's address; null if the Backend runs in this process.</summary>
    private static Uri? BackendOf(WebApplication app, IReadOnlyList<ServicePart> parts)
    {
        var named = parts.Select(p => p.BackendUrlSetting is { } setting ? app.Configuration[setting] : null)
            .FirstOrDefault(url => url is not null);
        if (named is not null)
            return new Uri(named.TrimEnd('/') + "/");
        return parts.Any(p => p.BackendUrlSetting is null) ? null : s_defaultBackend;
    }

    private static string ListeningOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Clients cannot connect to a wildcard address, so loopback stands in for it.</summary>
    private static Uri AddressOf(WebApplication app)
    {
        var listening = new UriBuilder(ListeningOf(app));
        if (IsEveryAddress(listening.Host))
            listening.Host = "127.0.0.1";
        return listening.Uri;
    }

    internal static bool IsEveryAddress(string host) => host is "0.0.0.0" or "[::]" or "::" or "*" or "+";

    /// <summary>Behind a wildcard address it is unknown under which name others reach this machine.</summary>
    private static string WhereOf(ServiceHost host)
    {
        var bound = new Uri(host.Listening);
        return IsEveryAddress(bound.Host)
            ? $"on every address of this machine, port {bound.Port}; here at {host.Address}"
            : $"at {host.Address}";
    }
}
