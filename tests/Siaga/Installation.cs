using System.Globalization;
using Microsoft.Data.Sqlite;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Siaga;

/// <summary>Everything in this process, on a folder of its own.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly ServiceHost _host;

    private Installation(ServiceHost host, string folder) => (_host, Folder, Api) = (host, folder, new Api(host.Address));

    public string Folder { get; }

    public Api Api { get; }

    public IServiceProvider Services => _host.Services;

    public static Task<Installation> StartAsync(bool withWorker, params (string Key, string Value)[] settings) => StartAsync(withWorker, model: true, settings);

    /// <param name="withWorker">Without one clips wait.</param>
    /// <param name="model">Without one the scene detector looks alone.</param>
    /// <param name="settings">Beside those that every test has.</param>
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

    /// <summary>What uploads have left: rows of clips, intentions, messages, and files, also unfinished ones.</summary>
    public string Traces()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "ingestion.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select (select count(*) from clips) || ' clips, ' || (select count(*) from pending_objects) || ' intentions'";
        var rows = (string)command.ExecuteScalar()!;
        var files = Directory.GetFiles(Path.Combine(Folder, "clips"), "*", SearchOption.AllDirectories).Length;
        return string.Create(CultureInfo.InvariantCulture, $"{rows}, {files} files");
    }

    /// <summary>The name that the newest clip is shown with.</summary>
    public async Task<string> OriginalFilenameAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "ingestion.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select original_filename from clips order by id desc limit 1";
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
