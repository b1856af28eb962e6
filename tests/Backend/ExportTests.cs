using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Siaga.Messages;

namespace Siaga.Tests.Backend;

/// <summary>The export of a clip as evidence.</summary>
public sealed class ExportTests(BackendHost host) : IClassFixture<BackendHost>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-export-").FullName;

    [Fact]
    public async Task An_exported_clip_is_checked_by_sha256sum_and_tells_where_it_is_from_and_what_was_found()
    {
        var tenant = await host.MakeTenantAsync();
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        var clip = await KeepAsync(tenant, bytes);
        await ExtractAsync(tenant, clip);
        Assert.Equal((0, ""), await SumAsync());
        var details = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "details.json"))).RootElement;
        Assert.Equal(tenant.CameraId, details.GetProperty("camera").GetProperty("id").GetInt64());
        Assert.Equal("2026-11-24T08:00:00+00:00", details.GetProperty("clip").GetProperty("captured_at").GetString());
        Assert.Equal("brawl", Assert.Single(details.GetProperty("anomalies").EnumerateArray().ToArray()).GetProperty("label").GetString());
        var analysis = Assert.Single(details.GetProperty("analyses").EnumerateArray().ToArray());
        Assert.Equal("sample", analysis.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(2, analysis.GetProperty("windows").GetArrayLength());
        Assert.DoesNotContain("signature=", details.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            bytes, await File.ReadAllBytesAsync(Path.Combine(_folder, details.GetProperty("clip").GetProperty("file").GetString()!)));
        var entry = Expect.Items(await tenant.Admin.GetAsync("/api/audit"))
            .Single(e => e.GetProperty("action").GetString() == "clip.exported");
        Assert.Equal($"clips/{clip.ClipId}", entry.GetProperty("target").GetString());
    }

    [Fact]
    public async Task A_file_that_was_changed_in_storage_does_not_pass()
    {
        var tenant = await host.MakeTenantAsync();
        var bytes = RandomNumberGenerator.GetBytes(1000);
        var clip = await KeepAsync(tenant, bytes);
        bytes[500] ^= 1;
        host.Blobs.Put(clip.VideoPath, bytes);
        await ExtractAsync(tenant, clip);
        Assert.NotEqual(0, (await SumAsync()).Code);
    }

    [Fact]
    public async Task Half_a_file_is_a_broken_connection_and_no_archive()
    {
        var tenant = await host.MakeTenantAsync();
        var clip = await KeepAsync(tenant, new byte[300_000]);
        host.Blobs.Put(clip.VideoPath, new byte[200_000]);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await OpenAsync(tenant.User, clip.ClipId);
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    [Fact]
    public async Task What_is_not_there_or_not_ones_own_is_not_found_and_not_written_down()
    {
        var (tenant, other) = (await host.MakeTenantAsync(), await host.MakeTenantAsync());
        var clip = await KeepAsync(tenant, [1, 2, 3]);
        Expect.Problem(await tenant.User.GetAsync("/api/clips/no-such-clip/export"), 404, "clip_not_found");
        Expect.Problem(await other.User.GetAsync($"/api/clips/{clip.ClipId}/export"), 404, "clip_not_found");
        await host.Blobs.DeleteAsync(clip.VideoPath, default);
        Expect.Problem(await tenant.User.GetAsync($"/api/clips/{clip.ClipId}/export"), 404, "clip_gone");
        using var head = await tenant.User.OpenAsync(
            HttpMethod.Head, $"/api/clips/{clip.ClipId}/export", null, HttpCompletionOption.ResponseContentRead);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        foreach (var admin in (Client[])[tenant.Admin, other.Admin])
            Assert.DoesNotContain(
                Expect.Items(await admin.GetAsync("/api/audit")), e => e.GetProperty("action").GetString() == "clip.exported");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<HttpResponseMessage> OpenAsync(Client who, string clip) =>
        who.OpenAsync(HttpMethod.Get, $"/api/clips/{clip}/export", null, HttpCompletionOption.ResponseHeadersRead);

    private async Task ExtractAsync(Tenant tenant, ClipStored clip)
    {
        using var response = await OpenAsync(tenant.User, clip.ClipId);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        Assert.Null(response.Content.Headers.ContentLength);
        await using var body = new MemoryStream(await response.Content.ReadAsByteArrayAsync());
        await ZipFile.ExtractToDirectoryAsync(body, _folder);
    }

    private async Task<(int Code, string Error)> SumAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("sha256sum", ["-c", "--quiet", "SHA256SUMS"])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    private async Task<ClipStored> KeepAsync(Tenant tenant, byte[] bytes)
    {
        var clip = ContractTests.ClipOf(tenant) with { Size = bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        host.Blobs.Put(clip.VideoPath, [.. bytes]);
        Assert.Equal(
            Messaging.HandlingResult.Done,
            await host.Broker.DeliverAsync(Routes.RecordingsQueue, JsonSerializer.SerializeToUtf8Bytes(clip, MessageJson.Options)));
        var report = BackendHost.Report(tenant);
        report["clip_id"] = clip.ClipId;
        report["storage_key"] = clip.VideoPath;
        Assert.Equal(201, (await host.Worker.PostAsync("/api/analyses", report)).Status);
        return clip;
    }
}
