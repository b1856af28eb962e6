using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>Archiving removes what still works and keeps the evidence; only a purge removes that too.</summary>
public sealed class ArchiveTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task A_deleted_cameras_key_is_dead_and_its_evidence_stays_for_its_people()
    {
        var (tenant, anomaly, key) = await FilledAsync();
        Assert.Equal(200, (await tenant.Admin.DeleteAsync($"/api/cameras/{tenant.CameraId}")).Status);
        Assert.False(await IsActiveAsync(key));
        Expect.Problem(await tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys"), 404);
        Assert.Empty(Expect.Items(await tenant.User.GetAsync("/api/cameras")));
        await ExpectEvidenceAsync(tenant.User, tenant, anomaly);
        Expect.Problem(await (await host.MakeTenantAsync()).User.GetAsync($"/api/anomalies/{anomaly}"), 404);
    }

    [Fact]
    public async Task A_deleted_companys_tokens_and_keys_are_dead_at_once_and_its_evidence_stays_for_the_superadmin()
    {
        var (tenant, anomaly, key) = await FilledAsync();
        Assert.Equal(200, (await host.Root.DeleteAsync($"/api/companies/{tenant.CompanyId}")).Status);
        Expect.Problem(await tenant.User.GetAsync("/api/anomalies"), 401);
        Expect.Problem(await tenant.Admin.GetAsync("/api/cameras"), 401);
        Assert.False(await IsActiveAsync(key));
        await ExpectEvidenceAsync(host.Root, tenant, anomaly);
        Assert.Equal(200, (await host.Root.GetAsync($"/api/companies/{tenant.CompanyId}")).Status);
    }

    [Fact]
    public async Task What_is_in_use_is_not_purged()
    {
        var (tenant, anomaly, _) = await FilledAsync();
        Expect.Problem(await host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/purge"), 409, "camera_in_use");
        Expect.Problem(await host.Root.PostAsync($"/api/companies/{tenant.CompanyId}/purge"), 409, "company_in_use");
        await ExpectEvidenceAsync(tenant.User, tenant, anomaly);
    }

    [Theory]
    [InlineData("cameras")]
    [InlineData("companies")]
    public async Task A_purge_takes_objects_and_rows_and_leaves_others_alone(string what)
    {
        var (tenant, anomaly, _) = await FilledAsync();
        var (other, others, _) = await FilledAsync();
        var keys = host.Blobs.Keys($"{tenant.CompanyId}/");
        Assert.NotEmpty(keys);
        var id = what == "cameras" ? tenant.CameraId : tenant.CompanyId;
        Assert.Equal(200, (await host.Root.DeleteAsync($"/api/{what}/{id}")).Status);
        Assert.Equal(202, (await host.Root.PostAsync($"/api/{what}/{id}/purge")).Status);
        await Eventually.TrueAsync(
            "the camera is gone", async () => (await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}")).Status == 404);
        Expect.Problem(await host.Root.GetAsync($"/api/anomalies/{anomaly}"), 404);
        Assert.Empty(Expect.Items(await host.Root.GetAsync($"/api/anomalies?camera_id={tenant.CameraId}")));
        Assert.Empty(Expect.Items(await host.Root.GetAsync($"/api/analyses?camera_id={tenant.CameraId}")));
        Expect.Problem(await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}/recordings"), 404);
        Assert.Empty(host.Blobs.Keys($"{tenant.CompanyId}/"));
        await Eventually.TrueAsync("Ingestion is told", () => host.Broker.Published.Any(m =>
            m.Topic == Routes.CameraPurged
                && JsonSerializer.Deserialize<CameraPurged>(m.Body.Span, MessageJson.Options)!.CameraId == tenant.CameraId));
        Assert.Contains(
            Expect.Items(await host.Root.GetAsync("/api/audit?limit=200")),
            e => e.GetProperty("action").GetString()!.EndsWith("purge_requested", StringComparison.Ordinal));
        await ExpectEvidenceAsync(other.User, other, others);
    }

    [Fact]
    public async Task Ingestion_is_told_once_more_of_a_purge_when_a_clip_came_in_meanwhile()
    {
        var (tenant, _, _) = await FilledAsync();
        await host.Root.DeleteAsync($"/api/cameras/{tenant.CameraId}");
        await host.Root.PostAsync($"/api/cameras/{tenant.CameraId}/purge");
        await Eventually.TrueAsync(
            "the camera is gone", async () => (await host.Root.GetAsync($"/api/cameras/{tenant.CameraId}")).Status == 404);
        int Told() => host.Broker.Published.Count(m =>
            m.Topic == Routes.CameraPurged
                && JsonSerializer.Deserialize<CameraPurged>(m.Body.Span, MessageJson.Options)!.CameraId == tenant.CameraId);
        await Eventually.TrueAsync("Ingestion is told", () => Told() == 1);
        await DeliverAsync(ContractTests.ClipOf(tenant));
        await Eventually.TrueAsync("Ingestion is told again", () => Told() == 2);
    }

    /// <summary>A tenant with a recording, an anomaly and a key.</summary>
    private async Task<(Tenant Tenant, long Anomaly, long Key)> FilledAsync()
    {
        var tenant = await host.MakeTenantAsync();
        await DeliverAsync(ContractTests.ClipOf(tenant));
        var key = Expect.Id((await tenant.Admin.PostAsync($"/api/cameras/{tenant.CameraId}/keys")).Json);
        return (tenant, await host.ReportAnomalyAsync(tenant), key);
    }

    private async Task DeliverAsync(ClipStored clip)
    {
        host.Blobs.Put(clip.VideoPath, [1, 2, 3]);
        Assert.Equal(
            Messaging.HandlingResult.Done,
            await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options)));
    }

    private async Task<bool> IsActiveAsync(long key) =>
        (await host.Ingestion.GetAsync("/internal/camera-keys")).Json.GetProperty("keys").EnumerateArray()
        .Single(k => Expect.Id(k) == key).GetProperty("active").GetBoolean();

    private static async Task ExpectEvidenceAsync(Client who, Tenant tenant, long anomaly)
    {
        Assert.Equal(200, (await who.GetAsync($"/api/anomalies/{anomaly}")).Status);
        Assert.Contains(Expect.Items(await who.GetAsync($"/api/anomalies?camera_id={tenant.CameraId}")), a => Expect.Id(a) == anomaly);
        Assert.Single(Expect.Items(await who.GetAsync($"/api/analyses?camera_id={tenant.CameraId}")));
        var recordings = await who.GetAsync(
            $"/api/cameras/{tenant.CameraId}/recordings?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&presign=1");
        Assert.Equal(1, recordings.Json.GetProperty("count").GetInt32());
    }
}
