using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>Whether a camera delivers, and its last picture.</summary>
public sealed class PictureTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_camera_is_new_delivers_is_late_and_then_silent_by_its_own_interval()
    {
        var slow = await host.MakeTenantAsync();
        Assert.Equal("new", await StateAsync(slow));
        Assert.False((await CameraAsync(slow)).TryGetProperty("last_clip_at", out _));
        var start = host.Time.GetUtcNow() - TimeSpan.FromHours(9);
        for (var i = 0; i <= 9; i++)
            await KeepAsync(slow, start.AddHours(i));
        Assert.Equal(
            start.AddHours(9).ToUnixTimeSeconds(),
            (await CameraAsync(slow)).GetProperty("last_clip_at").GetDateTimeOffset().ToUnixTimeSeconds());

        // A clip that arrives late changes neither the newest clip nor the usual interval.
        await KeepAsync(slow, start.AddDays(-3), received: start.AddHours(9));
        Assert.Equal(
            start.AddHours(9).ToUnixTimeSeconds(),
            (await CameraAsync(slow)).GetProperty("last_clip_at").GetDateTimeOffset().ToUnixTimeSeconds());
        var quick = await host.MakeTenantAsync();
        for (var i = 9; i >= 0; i--)
            await KeepAsync(quick, host.Time.GetUtcNow().AddSeconds(-10 * i));
        Assert.Equal(("delivering", "delivering"), (await StateAsync(slow), await StateAsync(quick)));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("delivering", "late"), (await StateAsync(slow), await StateAsync(quick)));
        host.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(("delivering", "silent"), (await StateAsync(slow), await StateAsync(quick)));
        host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("late", await StateAsync(slow));
        host.Time.Advance(TimeSpan.FromHours(9));
        Assert.Equal("silent", await StateAsync(slow));
        await KeepAsync(slow, host.Time.GetUtcNow());
        Assert.Equal("delivering", await StateAsync(slow));
    }

    [Fact]
    public async Task Clips_of_one_camera_at_once_are_all_kept()
    {
        var tenant = await host.MakeTenantAsync();
        var start = host.Time.GetUtcNow() - TimeSpan.FromSeconds(19);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => KeepAsync(tenant, start.AddSeconds(i))));
        var kept = await tenant.User.GetAsync($"/api/cameras/{tenant.CameraId}/recordings");
        Assert.Equal(20, kept.Json.GetProperty("count").GetInt32());
        Assert.Equal("delivering", await StateAsync(tenant));
    }

    [Fact]
    public async Task The_last_picture_is_shown_once_and_then_only_when_it_has_changed()
    {
        var tenant = await host.MakeTenantAsync();
        var path = $"/api/cameras/{tenant.CameraId}/picture";
        Expect.Problem(await tenant.User.GetAsync(path), 404, "camera_has_no_picture");
        Expect.Problem(await tenant.User.GetAsync("/api/cameras/999999/picture"), 404, "camera_not_found");
        Assert.False((await CameraAsync(tenant)).TryGetProperty("picture_url", out _));
        var at = host.Time.GetUtcNow();
        Assert.True(await StoreAsync(host, tenant, "clip-a", at, [1, 2, 3]));
        Assert.Equal(path, (await CameraAsync(tenant)).GetProperty("picture_url").GetString());
        using var first = await tenant.User.OpenAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead);
        Assert.Equal("image/jpeg", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal([1, 2, 3], await first.Content.ReadAsByteArrayAsync());
        var tag = first.Headers.ETag!.ToString();
        using var again = await tenant.User.OpenAsync(
            HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.True(await StoreAsync(host, tenant, "clip-b", at.AddSeconds(10), [4]));
        using var next = await tenant.User.OpenAsync(
            HttpMethod.Get, path, null, HttpCompletionOption.ResponseContentRead, ("If-None-Match", tag));
        Assert.Equal([4], await next.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Of_several_pictures_only_the_newest_stays_in_whatever_order_they_are_told()
    {
        var tenant = await host.MakeTenantAsync();
        var at = host.Time.GetUtcNow();
        Assert.True(await StoreAsync(host, tenant, "newer", at, [2]));
        Assert.False(await StoreAsync(host, tenant, "older", at.AddSeconds(-10), [1]));
        Assert.True(await StoreAsync(host, tenant, "newer", at, [2]));
        Assert.True(await StoreAsync(host, tenant, "newest", at.AddSeconds(10), [3]));
        Assert.Equal(
            [$"{tenant.CompanyId}/{tenant.CameraId}/picture/newest.jpg"],
            host.Blobs.Keys($"{tenant.CompanyId}/{tenant.CameraId}/picture/"));
    }

    [Fact]
    public async Task A_picture_that_is_not_its_cameras_is_refused()
    {
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        host.Blobs.Put($"{other.CompanyId}/{other.CameraId}/picture/clip.jpg", [1]);
        string[] keys =
        [
            $"{other.CompanyId}/{other.CameraId}/picture/clip.jpg", $"{tenant.CompanyId}/{tenant.CameraId}/picture/clip.jpg", "../clip.jpg",
        ];
        foreach (var key in keys)
        {
            var body =
                new { clip_id = "clip", captured_at = host.Time.GetUtcNow(), storage_key = key, size = 1, sha256 = new string('a', 64) };
            Expect.Problem(await host.Worker.PutAsync($"/internal/cameras/{tenant.CameraId}/picture", body), 400, "picture_not_stored");
        }
    }

    /// <summary>Stores a picture as a worker does.</summary>
    /// <returns>True if it is the camera's last picture.</returns>
    internal static async Task<bool> StoreAsync(BackendHost host, Tenant tenant, string clip, DateTimeOffset at, byte[] picture)
    {
        var key = $"{tenant.CompanyId}/{tenant.CameraId}/picture/{clip}.jpg";
        host.Blobs.Put(key, picture);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture));
        var body = new { clip_id = clip, captured_at = at, storage_key = key, size = picture.Length, sha256 };
        var stored = await host.Worker.PutAsync($"/internal/cameras/{tenant.CameraId}/picture", body);
        Assert.True(stored.Status == 200, stored.Text);
        return stored.Json.GetProperty("is_last").GetBoolean();
    }

    private static async Task<JsonElement> CameraAsync(Tenant tenant) =>
        Expect.Items(await tenant.User.GetAsync("/api/cameras")).Single(c => Expect.Id(c) == tenant.CameraId);

    private static async Task<string?> StateAsync(Tenant tenant) => (await CameraAsync(tenant)).GetProperty("state").GetString();

    private async Task KeepAsync(Tenant tenant, DateTimeOffset at, DateTimeOffset? received = null)
    {
        var clip = ContractTests.ClipOf(tenant) with { CapturedAt = at, ReceivedAt = received ?? at };
        var kept = await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options));
        Assert.Equal(Messaging.HandlingResult.Done, kept);
    }
}
