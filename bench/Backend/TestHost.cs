using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Tests.Servers;

namespace Siaga.Bench.Backend;

/// <summary>The Backend as in production, on PostgreSQL with many anomalies, plus an endpoint that returns a constant.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const int Companies = 200;
    private const string Email = "root@siaga.test";
    private const string Password = "a long first password";

    private readonly ServiceHost _host;
    private readonly string _folder;
    private readonly Constant _constant;

    private TestHost(ServiceHost host, string folder, Constant constant) => (_host, _folder, _constant) = (host, folder, constant);

    public Uri Address => _host.Address;

    /// <summary>A client without a token: the constant endpoint is open, so none of its time goes into authentication.</summary>
    public HttpClient Anonymous { get; } = NewClient();

    public HttpClient Root { get; private set; } = null!;

    /// <summary>One user in each of some companies.</summary>
    public IReadOnlyList<HttpClient> People { get; private set; } = [];

    public static async Task<TestHost> StartAsync(long rows)
    {
        var server = await PostgresServer.GetAsync();
        var database = await server.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("siaga-bench-").FullName;
        var constant = new Constant();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Engine"] = "postgres",
            ["Database:Backend"] = server.ConnectionTo(database),
            ["Admin:Email"] = Email,
            ["Admin:Password"] = Password,
            ["Backend:Accounts:PasswordIterations"] = "2000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (setting, value) in SharedSecrets.Settings)
            settings[setting] = value;
        var services = await ServiceHost.StartAsync(
            new HostSettings(folder, "127.0.0.1", 0, Json: false, ConfigFile: null, settings),
            [BackendPart.Create(), new ServicePart("constant", 0) { Add = (_, _) => { }, Map = constant.Map }],
            CancellationToken.None);
        var host = new TestHost(services, folder, constant);
        host.Anonymous.BaseAddress = host.Address;
        await Console.Error.WriteLineAsync($"making {rows} anomalies in {Companies} companies");
        await Seed.FillAsync(server, database, rows);
        await host.SignInAsync();
        return host;
    }

    /// <summary>Sets the response of the constant endpoint.</summary>
    public void Answer(byte[] body) => _constant.Body = body;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await PostgresServer.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignInAsync()
    {
        Root = await SignInAsync(Email);
        var people = new List<HttpClient>();
        for (var company = 1; company <= 20; company++)
        {
            var email = $"user{company}@siaga.test";
            using var made = await Root.PostAsJsonAsync(
                new Uri("api/register", UriKind.Relative), new { email, password = Password, role = "user", company_id = company });
            made.EnsureSuccessStatusCode();
            people.Add(await SignInAsync(email));
        }

        People = people;
    }

    private async Task<HttpClient> SignInAsync(string email)
    {
        var client = NewClient();
        client.BaseAddress = Address;
        using var answer = await client.PostAsJsonAsync(new Uri("api/login", UriKind.Relative), new { email, password = Password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    private sealed class Constant
    {
        public byte[] Body { get; set; } = [];

        public void Map(WebApplication app) => app.MapGet("/constant", context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = Body.Length;
            return context.Response.Body.WriteAsync(Body).AsTask();
        }).AllowAnonymous();
    }
}
