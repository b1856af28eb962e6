using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Accounts;

namespace Siaga.Tests.Backend;

public sealed class SignInTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_are_answered_alike()
    {
        var wrong = await host.Anonymous.PostAsync("/api/login", new { email = BackendHost.AdminEmail, password = "not this one" });
        var unknown = await host.Anonymous.PostAsync("/api/login", new { email = "unknown@siaga.test", password = "not this one" });
        Expect.Problem(wrong, 401, "login_refused");
        Assert.Equal(wrong.Text, unknown.Text);
    }

    [Fact]
    public async Task A_token_is_dead_the_moment_after_logout()
    {
        var tenant = await host.MakeTenantAsync();
        Assert.Equal(200, (await tenant.User.GetAsync("/api/cameras")).Status);
        Assert.Equal(204, (await tenant.User.PostAsync("/api/logout")).Status);
        Expect.Problem(await tenant.User.GetAsync("/api/cameras"), 401);
        await RefreshAsync(tenant.User.Session.GetProperty("refresh_token").GetString()!, 401);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("delete")]
    public async Task Whatever_takes_rights_away_ends_the_sessions(string what)
    {
        var tenant = await host.MakeTenantAsync();
        var id = Expect.Id(tenant.User.Session.GetProperty("user"));
        var done = what switch
        {
            "role" => await tenant.Admin.PutAsync($"/api/users/{id}", new { role = "company_admin" }),
            "password" => await tenant.Admin.PutAsync($"/api/users/{id}", new { password = "another long password" }),
            _ => await tenant.Admin.DeleteAsync($"/api/users/{id}"),
        };
        Assert.Equal(200, done.Status);
        Expect.Problem(await tenant.User.GetAsync("/api/cameras"), 401);
    }

    [Fact]
    public async Task A_change_of_name_ends_no_session()
    {
        var tenant = await host.MakeTenantAsync();
        var id = Expect.Id(tenant.User.Session.GetProperty("user"));
        Assert.Equal(200, (await tenant.Admin.PutAsync($"/api/users/{id}", new { name = "Siti" })).Status);
        Assert.Equal(200, (await tenant.User.GetAsync("/api/cameras")).Status);
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_its_second_use_ends_the_family()
    {
        var tenant = await host.MakeTenantAsync();
        var first = tenant.User.Session.GetProperty("refresh_token").GetString()!;
        var next = await RefreshAsync(first, 200);
        var renewed = new Client(host, ("Authorization", $"Bearer {next.Json.GetProperty("token").GetString()}"));
        Assert.Equal(200, (await renewed.GetAsync("/api/cameras")).Status);
        await RefreshAsync(first, 401);
        Expect.Problem(await renewed.GetAsync("/api/cameras"), 401);
        await RefreshAsync(next.Json.GetProperty("refresh_token").GetString()!, 401);
    }

    [Fact]
    public async Task A_changed_or_foreign_token_is_refused()
    {
        var token = host.Root.Token!;
        var parts = token.Split('.');
        var unsigned = $"{System.Buffers.Text.Base64Url.EncodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8)}.{parts[1]}.";
        var claims = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var other = claims.Replace("\"user_id\":", "\"user_id\":9", StringComparison.Ordinal);
        var changed = $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(other))}.{parts[2]}";
        foreach (var bad in (string[])[unsigned, changed, token[..^3], token + "x", new string('x', 10_000), "..", "a.b.c"])
            Expect.Problem(await new Client(host, ("Authorization", $"Bearer {bad}")).GetAsync("/api/cameras"), 401);
        Assert.Equal(200, (await host.Root.GetAsync("/api/cameras")).Status);
    }

    [Theory]
    [InlineData("short", "password_short")]
    [InlineData("Password123", "password_common")]
    public async Task A_weak_password_is_refused(string password, string code)
    {
        var tenant = await host.MakeTenantAsync();
        var email = host.Unique("weak") + "@siaga.test";
        Expect.Problem(await tenant.Admin.PostAsync("/api/register", new { email, password, role = "user" }), 400, code);
    }

    [Fact]
    public async Task The_first_superadmin_is_made_once() =>
        Assert.False(await host.Services.EnsureAdminAsync("second@siaga.test", "another long password"));

    private async Task<Answer> RefreshAsync(string token, int status)
    {
        var answer = await host.Anonymous.PostAsync("/api/token/refresh", new { refresh_token = token });
        Assert.Equal(status, answer.Status);
        return answer;
    }
}

/// <summary>These tests count failures and measure times, so they use a Backend of their own.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private readonly BackendHost _host = new();

    public async ValueTask InitializeAsync()
    {
        _host.Settings["Backend:Accounts:PasswordIterations"] = "150000";
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Guessing_is_slowed_by_account_and_address_and_forgotten_after_the_window()
    {
        for (var i = 0; i < 10; i++)
            Expect.Problem(await TryAsync(BackendHost.AdminEmail, "wrong"), 401);
        var limited = await TryAsync(BackendHost.AdminEmail, BackendHost.AdminPassword);
        Expect.Problem(limited, 429, "too_many_logins");
        Assert.InRange(int.Parse(limited.Headers.GetValues("Retry-After").Single()), 1, 900);
        Expect.Problem(await TryAsync("another@siaga.test", "wrong"), 401);
        _host.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(200, (await TryAsync(BackendHost.AdminEmail, BackendHost.AdminPassword)).Status);
    }

    [Fact]
    public async Task Many_guesses_at_once_do_not_slip_under_the_limit()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => TryAsync(BackendHost.AdminEmail, "wrong")));
        Assert.InRange(answers.Count(a => a.Status == 401), 1, 12);
        Assert.All(answers, a => Assert.True(a.Status is 401 or 429));
    }

    [Fact]
    public async Task An_unknown_email_takes_as_long_as_a_wrong_password()
    {
        await TryAsync("warm@siaga.test", "up");
        var known = new List<double>();
        var unknown = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            known.Add(await TimeAsync(BackendHost.AdminEmail));
            unknown.Add(await TimeAsync($"unknown{i}@siaga.test"));
        }

        // Hashing takes tens of milliseconds here, everything else a few: a missing hash would show up as a factor of ten.
        Assert.InRange(unknown.Order().ElementAt(3) / known.Order().ElementAt(3), 0.5, 2.0);
    }

    [Fact]
    public async Task A_token_ends_at_its_time_and_its_stream_with_it()
    {
        using var listener = await Listener.OpenAsync(_host.Root);
        _host.Time.Advance(TimeSpan.FromHours(25));
        Assert.Null(await listener.NextOrEndAsync());
        Expect.Problem(await _host.Root.GetAsync("/api/cameras"), 401);
    }

    private async Task<double> TimeAsync(string email)
    {
        var clock = Stopwatch.StartNew();
        Expect.Problem(await TryAsync(email, "wrong"), 401);
        return clock.Elapsed.TotalMilliseconds;
    }

    private Task<Answer> TryAsync(string email, string password) => _host.Anonymous.PostAsync("/api/login", new { email, password });
}

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Auth:SigningKey", "c2hvcnQ=", "32")]
    [InlineData("Auth:SigningKey", "not base64!", "base64")]
    [InlineData("Auth:SigningKey", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "random")]
    [InlineData("ServiceTokens:Worker", "short", "Worker")]
    [InlineData("Web:TrustedProxies:0", "proxy", "TrustedProxies")]
    [InlineData("Web:TrustedProxies:0", "10.0.0.0/99", "TrustedProxies")]
    [InlineData("Web:TrustedProxies:0", "10.0.0.1, proxy", "TrustedProxies")]
    [InlineData("Auth:SigningKye", "x", "SigningKye")]
    [InlineData("Backend:Camras:HlsBase", "https://x", "Camras")]
    [InlineData("Backend:Cameras:HlsBse", "https://x", "HlsBse")]
    [InlineData("Backend:Cameras:HlsBase", "ftp://x", "HlsBase")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string named)
    {
        var host = new BackendHost();
        host.Settings[key] = value;
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await host.InitializeAsync());
        Assert.Contains(named, failure.ToString(), StringComparison.Ordinal);
        await host.DisposeAsync();
    }
}
