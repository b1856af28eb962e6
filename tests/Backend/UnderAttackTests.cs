using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Siaga.Tests.Backend;

/// <summary>
/// Guessers at full speed, from one address and from many, while others work and sign in. Loopback has a whole network of addresses, so the
/// attack really comes from different ones.
/// </summary>
public sealed class UnderAttackTests : IAsyncLifetime
{
    private static readonly TimeSpan s_attack = TimeSpan.FromSeconds(6);

    private readonly BackendHost _host = new();

    public async ValueTask InitializeAsync()
    {
        // As slow as in production; otherwise there is nothing to starve.
        _host.Settings["Backend:Accounts:PasswordIterations"] = "210000";
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Login_stays_limited_under_attack_while_others_work_and_sign_in()
    {
        var tenant = await _host.MakeTenantAsync();
        var email = tenant.User.Session.GetProperty("user").GetProperty("email").GetString()!;
        using var end = new CancellationTokenSource(s_attack);

        // One address that tries as fast as it can, and twenty others that each try as fast as they can; ten guesses at a time each.
        var attackers = Enumerable.Range(0, 21).SelectMany(i => Enumerable.Range(0, i == 0 ? 30 : 2)
            .Select(_ => AttackAsync(IPAddress.Parse($"127.0.1.{i + 1}"), email, end.Token))).ToList();
        var reads = new List<double>();
        var logins = new List<double>();
        using var home = ClientOf(IPAddress.Parse("127.0.2.1"));
        while (!end.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(200, (await tenant.User.GetAsync("/api/cameras")).Status);
            reads.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            using var login = await home.PostAsJsonAsync(new Uri(_host.Address, "/api/login"), new { email = BackendHost.AdminEmail, password = BackendHost.AdminPassword }, CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
            logins.Add(clock.Elapsed.TotalMilliseconds);
        }

        var outcomes = (await Task.WhenAll(attackers)).SelectMany(o => o).GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"attack: {string.Join(", ", outcomes.Select(o => $"{o.Key}: {o.Value}"))}; reads {reads.Count}, median {Median(reads):0} ms; logins {logins.Count}, median {Median(logins):0} ms");
        Assert.True(outcomes.Keys.All(s => s is 401 or 429), string.Join(", ", outcomes));

        // Ten guesses an address and account; a hundred of an account from strangers.
        Assert.InRange(outcomes.GetValueOrDefault(401), 10, 100);
        Assert.True(outcomes.GetValueOrDefault(429) > outcomes[401], "The attack was not limited.");
        Assert.True(reads.Count >= 3 && Median(reads) < 500, $"Reading took {Median(reads):0} ms.");
        Assert.True(logins.Count >= 3 && Median(logins) < 3000, $"Signing in took {Median(logins):0} ms.");
    }

    [Fact]
    public async Task An_account_that_strangers_guess_at_still_lets_its_owner_in_from_home()
    {
        var tenant = await _host.MakeTenantAsync();
        var email = tenant.User.Session.GetProperty("user").GetProperty("email").GetString()!;
        using var home = ClientOf(IPAddress.Parse("127.0.3.1"));
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync(home, email, "a good long password")).StatusCode);
        var statuses = new List<HttpStatusCode>();
        foreach (var i in Enumerable.Range(1, 13))
        {
            using var stranger = ClientOf(IPAddress.Parse($"127.0.4.{i}"));
            statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ => (await LogInAsync(stranger, email, "wrong")).StatusCode)));
        }

        Assert.Equal(100, statuses.Count(s => s == HttpStatusCode.Unauthorized));
        using var new1 = ClientOf(IPAddress.Parse("127.0.5.1"));
        var refused = await LogInAsync(new1, email, "a good long password");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync(home, email, "a good long password")).StatusCode);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private Task<HttpResponseMessage> LogInAsync(HttpClient client, string email, string password) =>
        client.PostAsJsonAsync(new Uri(_host.Address, "/api/login"), new { email, password });

    private async Task<List<int>> AttackAsync(IPAddress from, string email, CancellationToken cancellationToken)
    {
        var statuses = new List<int>();
        using var client = ClientOf(from);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var response = await LogInAsync(client, email, $"guess {statuses.Count}");
            statuses.Add((int)response.StatusCode);

            // Who is told to wait and tries on costs a socket, not a hash; so many a second are enough to see that.
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                await Task.Delay(20, CancellationToken.None);
        }

        return statuses;
    }

    private static HttpClient ClientOf(IPAddress from) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
