using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;

namespace Siaga.Tests.Siaga;

/// <summary>The whole product in this process, with a folder of its own.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ServiceHost _host;

    private Installation(ServiceHost host, string folder) => (_host, Folder, Api) = (host, folder, new Api(host.Address));

    public string Folder { get; }

    public Api Api { get; }

    public IServiceProvider Services => _host.Services;

    public static Task<Installation> StartAsync(bool withWorker, params (string Key, string Value)[] settings) =>
        StartAsync(withWorker, model: true, settings);

    /// <param name="withWorker">Without a worker clips stay in the queue.</param>
    /// <param name="model">Without a model only the scene detector runs.</param>
    /// <param name="settings">Added to the settings that every test has.</param>
    public static async Task<Installation> StartAsync(bool withWorker, bool model, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("siaga-test-").FullName;
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Admin:Email"] = Api.Email,
            ["Admin:Password"] = Api.Password,
            ["Backend:Accounts:PasswordIterations"] = "2000",
            ["Ingestion:KeyRefresh"] = "00:00:00.2",
            ["Logging:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Siaga"] = "None",
            ["Logging:LogLevel:Microsoft"] = "None",
        };
        if (withWorker && model)
            all["Worker:Model"] = Tree.Model;
        foreach (var (key, value) in settings)
            all[key] = value;
        var host = await ServiceHost.StartAsync(
            new HostSettings(folder, "127.0.0.1", 0, Json: false, ConfigFile: null, all),
            [BackendPart.Create(), IngestionPart.Create(), .. withWorker ? (ServicePart[])[WorkerPart.Create()] : []],
            TestContext.Current.CancellationToken);
        var installation = new Installation(host, folder);
        await installation.Api.SignInAsync();
        return installation;
    }

    /// <summary>What uploads have left behind: rows of clips, intentions, messages, and files, including unfinished ones.</summary>
    public async Task<Traces> TracesAsync()
    {
        var files = Directory.GetFiles(Path.Combine(Folder, "clips"), "*", SearchOption.AllDirectories).Length;
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IngestionDb>().Database;
        return new Traces(
            await database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM clips").SingleAsync(),
            await database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM pending_objects").SingleAsync(),
            files);
    }

    /// <summary>The original file name of the newest clip.</summary>
    public async Task<string> OriginalFilenameAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IngestionDb>().Database;
        return await database.SqlQuery<string>($"SELECT original_filename AS \"Value\" FROM clips ORDER BY id DESC LIMIT 1").SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What uploads leave behind in Ingestion.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Traces(long Clips, long Intentions, long Files)
{
    public static Traces operator -(Traces now, Traces before) =>
        new(now.Clips - before.Clips, now.Intentions - before.Intentions, now.Files - before.Files);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Clips} clips, {Intentions} intentions, {Files} files");
}
