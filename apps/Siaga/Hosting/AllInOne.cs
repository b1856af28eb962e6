using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siaga.Composition.Backend;
using Siaga.Composition.Ingestion;
using Siaga.Composition.Wiring;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.App.Siaga.Hosting;

/// <param name="Folder">The data folder.</param>
/// <param name="Bind">Address.</param>
/// <param name="Port">0: a free one.</param>
/// <param name="Json">Say where it listens as JSON on standard output.</param>
internal sealed record UpSettings(string Folder, string Bind, int Port, bool Json);

/// <summary>Backend and Ingestion in one process.</summary>
internal static class AllInOne
{
    public static async Task RunAsync(UpSettings settings, CancellationToken cancellationToken)
    {
        using var folder = new DataFolder(settings.Folder);
        folder.Lock("backend");
        folder.Lock("ingestion");
        await using var app = Build(settings, folder);
        foreach (var migrator in app.Services.GetServices<IMigrator>())
            migrator.Migrate();
        await FirstStart.EnsureAdminAsync(app.Services, folder);
        await app.StartAsync(cancellationToken);
        var address = AddressOf(app);
        app.Services.GetRequiredService<BackendAddress>().Set(address);
        await Console.Error.WriteLineAsync($"Siaga listens at {address} (data in {folder.Path}). Ctrl-C stops it.");
        if (settings.Json)
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { url = address, data = folder.Path }));
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static WebApplication Build(UpSettings settings, DataFolder folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration
            .AddJsonFile(Path.GetFullPath("siaga.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("SIAGA__");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls($"http://{settings.Bind}:{settings.Port}");
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Siaga", LogLevel.Information);
        builder.Services.AddEmbeddedWiring(builder.Configuration, folder);
        builder.Services.AddEmbeddedDatabase<BackendDb>(folder, "backend");
        builder.Services.AddEmbeddedDatabase<IngestionDb>(folder, "ingestion");
        builder.Services.AddBackend(builder.Configuration);
        builder.Services.AddIngestion(builder.Configuration);
        var app = builder.Build();
        app.MapBackend();
        app.MapIngestion();
        app.MapEmbeddedWiring();
        return app;
    }

    /// <summary>Where this process itself reaches it: a wildcard address is not one to connect to.</summary>
    private static Uri AddressOf(WebApplication app)
    {
        var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var at = new UriBuilder(listening.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        return at.Uri;
    }
}
