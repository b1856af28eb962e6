using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>What a superadmin has purged is gone everywhere: in the Backend, in Ingestion and in storage. Everything else stays.</summary>
[Collection(Alone.Name)]
public sealed class PurgeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-purge-").FullName;

    [Fact]
    public async Task A_purged_camera_leaves_no_clip_no_row_and_no_way_in()
    {
        await using (var siaga = await SiagaProcess.UpAsync(_folder))
        {
            using var api = new Api(siaga.Address);
            await api.SignInAsync();
            var (purged, other) = (await api.MakeCameraAsync(), await api.MakeCameraAsync());
            var gone = new List<string>();
            foreach (var file in Tree.Clips.Take(3))
                gone.Add((await api.UploadAsync(purged, file)).Body.GetProperty("clip_id").GetString()!);
            var kept = (await api.UploadAsync(other, Tree.Anomaly)).Body.GetProperty("clip_id").GetString()!;
            foreach (var clip in gone.Append(kept))
                await Eventually.TrueAsync("the clip is analysed", async () => await StateAsync(api, clip) is "analysed");
            Assert.Equal(4, Objects().Count);

            var path = $"api/cameras/{purged.Id}";
            Assert.Equal((409, "camera_in_use"), Of(await api.SendAsync(HttpMethod.Post, path + "/purge")));
            Assert.Equal(200, (await api.SendAsync(HttpMethod.Delete, path)).Status);

            // Archived is not purged: delivered clips stay readable.
            Assert.Equal(4, (await api.ListAsync("api/analyses")).Count);
            Assert.Equal(4, Objects().Count);
            Assert.Equal(202, (await api.SendAsync(HttpMethod.Post, path + "/purge")).Status);
            await Eventually.TrueAsync("the camera is gone", async () => (await api.SendAsync(HttpMethod.Get, path)).Status == 404);

            // Until Ingestion learns of the purge, after some seconds, the key still works. Clips that arrive until then are deleted too.
            await Eventually.TrueAsync("the key is refused", async () =>
            {
                var upload = await api.UploadAsync(purged, Tree.Anomaly);
                if (upload.Status == 202)
                    gone.Add(upload.Body.GetProperty("clip_id").GetString()!);
                return upload.Status == 401;
            });
            foreach (var clip in gone)
                await Eventually.TrueAsync("Ingestion has forgotten the clip", async () => await StateAsync(api, clip) is "clip_not_found");
            Assert.Contains(kept, Assert.Single(Objects()), StringComparison.Ordinal);
            Assert.Equal(kept, Assert.Single(await api.ListAsync("api/analyses")).GetProperty("clip_id").GetString());
            Assert.Equal("analysed", await StateAsync(api, kept));

            // A clip without a camera is hidden before its row is deleted, so only this shows that the deletion has finished.
            await Eventually.TrueAsync(
                "nothing of it is left, and nothing else is amiss",
                async () => (await SiagaProcess.RunAsync("check", "--data", _folder, "--content", "--json")).Code == 0);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<string> Objects() => [.. Directory.EnumerateFiles(_folder, "*.mp4", SearchOption.AllDirectories)];

    private static (int Status, string? Code) Of(Answer answer) => (answer.Status, answer.Code);

    /// <summary>A clip's state, or the error that its lookup returns.</summary>
    private static async Task<string?> StateAsync(Api api, string clip)
    {
        var answer = await api.SendAsync(HttpMethod.Get, $"ingest/clips/{clip}");
        return answer.Body.TryGetProperty("state", out JsonElement state) ? state.GetString() : answer.Code;
    }
}
