using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Backend;
using Siaga.Composition.Ingestion;
using Siaga.Database;
using Siaga.Database.Sqlite;
using Siaga.Web;

namespace Siaga.Tests.Backend;

/// <summary>Backend and Ingestion in one process: the whole API.</summary>
public class WholeHost : BackendHost
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-ingestion-").FullName;

    public WholeHost() => Settings["Ingestion:KeyRefresh"] = "00:00:00.2";

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a camera key.</summary>
    public static async Task<(long Id, string Key)> MakeKeyAsync(Client admin, long cameraId)
    {
        var made = await admin.PostAsync($"/api/cameras/{cameraId}/keys");
        Assert.Equal(201, made.Status);
        return (Expect.Id(made.Json), made.Json.GetProperty("key").GetString()!);
    }

    /// <summary>Uploads as a camera does. Ingestion accepts any content that starts like a video.</summary>
    public async Task<Answer> UploadAsync(Client camera, string? cameraId = null, byte[]? clip = null, string? idempotencyKey = null)
    {
        using var form = new MultipartFormDataContent();
        if (cameraId is not null)
            form.Add(new StringContent(cameraId), "camera_id");
        form.Add(new ByteArrayContent(clip ?? Clip(Unique("clip "))), "video_clip", "clip.mp4");
        using var response = idempotencyKey is null
            ? await camera.OpenAsync(HttpMethod.Post, "/ingest/video", form, HttpCompletionOption.ResponseContentRead)
            : await camera.OpenAsync(
                HttpMethod.Post, "/ingest/video", form, HttpCompletionOption.ResponseContentRead, ("Idempotency-Key", idempotencyKey));
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, System.Text.Json.JsonDocument.Parse(text).RootElement, text, response.Headers);
    }

    public static byte[] Clip(string content) => [.. "\0\0\0\u0018ftypmp42\0\0\0\0"u8, .. System.Text.Encoding.UTF8.GetBytes(content)];

    protected override void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddServiceDb<IngestionDb>(_ => new SqliteEngine(Path.Combine(_folder, "ingestion.db")));
        builder.Services.AddIngestion(builder.Configuration);
    }

    protected override void Map(WebApplication app) => app.MapIngestion();

    protected override void OnListening() => Services.GetRequiredService<BackendAddress>().Set(Address);
}
