using System.Security.Cryptography;
using System.Text;

namespace Siaga.Tests.Backend;

public sealed class CameraKeyTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_key_is_shown_once_and_ingestion_finds_it_by_its_hash()
    {
        var tenant = await host.MakeTenantAsync();
        var made = await MakeAsync(tenant);
        var key = made.Json.GetProperty("key").GetString()!;
        Assert.Matches("^sck_[0-9A-Za-z]{32,}$", key);
        var prefix = made.Json.GetProperty("prefix").GetString()!;
        Assert.StartsWith(prefix, key, StringComparison.Ordinal);
        var list = await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}/keys");
        Assert.DoesNotContain(key, list.Text, StringComparison.Ordinal);
        var item = Assert.Single(Expect.Items(list));
        Assert.Equal(prefix, item.GetProperty("prefix").GetString());
        Assert.False(item.TryGetProperty("last_used_at", out _));

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
        var found = await host.Ingestion.PostAsync("/internal/camera-keys/find", new { hash });
        Assert.Equal(200, found.Status);
        Assert.Equal(tenant.CameraId, found.Json.GetProperty("camera_id").GetInt64());
        Assert.Equal(tenant.CompanyId, found.Json.GetProperty("company_id").GetInt64());
        Assert.True(found.Json.GetProperty("active").GetBoolean());
        Expect.Problem(await host.Ingestion.PostAsync("/internal/camera-keys/find", new { hash = new string('0', 64) }), 404);
    }

    [Fact]
    public async Task Two_keys_are_valid_at_a_time_and_a_revoked_one_makes_room()
    {
        var tenant = await host.MakeTenantAsync();
        var first = Expect.Id((await MakeAsync(tenant)).Json);
        Assert.Equal(201, (await MakeAsync(tenant)).Status);
        Expect.Problem(await MakeAsync(tenant), 409, "too_many_keys");
        Assert.Equal(204, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}/keys/{first}")).Status);
        Assert.Equal(204, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}/keys/{first}")).Status);
        Assert.Equal(201, (await MakeAsync(tenant)).Status);
        var list = Expect.Items(await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}/keys"));
        Assert.Equal(3, list.Length);
        Assert.True(list[0].TryGetProperty("revoked_at", out _));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("archive")]
    public async Task Ingestion_hears_of_changes_in_their_order_and_of_nothing_old(string how)
    {
        var tenant = await host.MakeTenantAsync();
        var id = Expect.Id((await MakeAsync(tenant)).Json);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var now = (await host.Ingestion.GetAsync("/internal/camera-keys")).Json.GetProperty("now").GetString()!;
        Assert.DoesNotContain((id, true), await ChangesAsync(now));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var done = how == "revoke"
            ? await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}/keys/{id}")
            : await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}");
        Assert.InRange(done.Status, 200, 204);
        Assert.Contains((id, false), await ChangesAsync(now));
        Expect.Problem(await host.Ingestion.GetAsync("/internal/camera-keys?changed_after=yesterday"), 400);
    }

    [Fact]
    public async Task Ingestion_that_waits_for_changes_hears_of_a_revocation_when_it_is_made()
    {
        var tenant = await host.MakeTenantAsync();
        var id = Expect.Id((await MakeAsync(tenant)).Json);
        var seen = (await host.Ingestion.GetAsync("/internal/camera-keys")).Json.GetProperty("mark").GetString()!;
        var waiting = HearAsync();
        Assert.Equal(204, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}/keys/{id}")).Status);

        // The host's clock stands still, so that no wait ends by itself.
        Assert.InRange(await waiting.WaitAsync(TimeSpan.FromSeconds(20)), 1, 20);

        async Task<int> HearAsync()
        {
            var answers = 0;
            for (var heard = false; !heard; answers++)
            {
                var answer = (await host.Ingestion.GetAsync($"/internal/camera-keys?seen={seen}")).Json;
                heard = answer.GetProperty("keys").EnumerateArray().Any(k => Expect.Id(k) == id && !k.GetProperty("active").GetBoolean());
                seen = answer.GetProperty("mark").GetString()!;
            }

            return answers;
        }
    }

    [Fact]
    public async Task The_last_use_is_what_ingestion_told_and_never_goes_back()
    {
        var tenant = await host.MakeTenantAsync();
        var id = Expect.Id((await MakeAsync(tenant)).Json);
        foreach (var at in (string[])["2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z"])
            Assert.Equal(204, (await host.Ingestion.PostAsync(
                "/internal/camera-keys/used", new { used = new[] { new { id, at }, new { id = 999_999L, at } } })).Status);
        var item = Assert.Single(Expect.Items(await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}/keys")));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero), item.GetProperty("last_used_at").GetDateTimeOffset());
    }

    private static Task<Answer> MakeAsync(Tenant tenant) => tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys");

    private async Task<List<(long Id, bool Active)>> ChangesAsync(string after)
    {
        var answer = await host.Ingestion.GetAsync($"/internal/camera-keys?changed_after={after}");
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("keys").EnumerateArray().Select(k => (Expect.Id(k), k.GetProperty("active").GetBoolean()))];
    }
}
