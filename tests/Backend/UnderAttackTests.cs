using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Siaga.Tests.Backend;

/// <summary>
/// Password guessing at full speed, from one address and from many, while others work and sign in. Loopback is a whole network, so the
/// attack really comes from different addresses.
/// </summary>
public sealed class UnderAttackTests : IAsyncLifetime
{
    private const int Addresses = 8;

    private static readonly TimeSpan s_attack = TimeSpan.FromSeconds(4);

    private readonly BackendHost _host = new();

    public async ValueTask InitializeAsync()
    {
        // Hashing is as slow as in production; otherwise nothing could be starved.
        _host.Settings["Backend:Accounts:PasswordIterations"] = "210000";
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Login_stays_limited_under_attack_while_others_work_and_sign_in()
    {
        var tenant = await _host.MakeTenantAsync();
        var email = tenant.User.Session.GetProperty("user").GetProperty("email").GetString()!;
        using var home = ClientOf(IPAddress.Parse("127.0.2.1"));
        await WorkAsync(tenant.User, home);
        var (calmRead, calmLogin) = await WorkAsync(tenant.User, home);
        using var end = new CancellationTokenSource(s_attack);

        // One address with thirty attempts at once, the others with two each.
        var attackers = Enumerable.Range(0, Addresses).SelectMany(i => Enumerable.Range(0, i == 0 ? 30 : 2)
            .Select(_ => AttackAsync(IPAddress.Parse($"127.0.1.{i + 1}"), email, end.Token))).ToList();
        var work = new List<(double Read, double Login)>();
        while (work.Count < 3 || !end.IsCancellationRequested)
            work.Add(await WorkAsync(tenant.User, home));
        var outcomes = (await Task.WhenAll(attackers)).SelectMany(o => o).GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
        var (read, login) = (Median(work.Select(w => w.Read)), Median(work.Select(w => w.Login)));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"attack: {string.Join(", ", outcomes.Select(o => $"{o.Key}: {o.Value}"))}; a read {calmRead:0} ms before, {read:0} ms "
            + $"under attack; a login {calmLogin:0} ms, {login:0} ms");
        Assert.True(outcomes.Keys.All(s => s is 401 or 429), string.Join(", ", outcomes));

        // Only ten guesses per address and account, and a hundred per account from unknown addresses, are hashed.
        Assert.InRange(outcomes.GetValueOrDefault(401), 1, Math.Min(100, Addresses * 10));
        Assert.True(outcomes.GetValueOrDefault(429) > 0, "The attack was not limited.");

        // Half of the processors may hash, and a sign-in waits for at most one hash of each other address.
        Assert.True(read < (calmRead * 10) + 500, $"A read took {calmRead:0} ms, and {read:0} ms under attack.");
        Assert.True(login < (calmLogin * (Addresses + 2) * 2) + 2000, $"A login took {calmLogin:0} ms, and {login:0} ms under attack.");
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
            statuses.AddRange(
                await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ => (await LogInAsync(stranger, email, "wrong")).StatusCode)));
        }

        Assert.InRange(statuses.Count(s => s == HttpStatusCode.Unauthorized), 60, 100);
        using var new1 = ClientOf(IPAddress.Parse("127.0.5.1"));
        var refused = await LogInAsync(new1, email, "a good long password");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync(home, email, "a good long password")).StatusCode);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Measures a user's read and another user's sign-in. Milliseconds.</summary>
    private async Task<(double Read, double Login)> WorkAsync(Client user, HttpClient home)
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal(200, (await user.GetAsync("/api/cameras")).Status);
        var read = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        using var login = await LogInAsync(home, BackendHost.AdminEmail, BackendHost.AdminPassword);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        return (read, clock.Elapsed.TotalMilliseconds);
    }

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

            // A rate-limited attacker costs a socket, not a hash; this rate is enough to show that.
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
