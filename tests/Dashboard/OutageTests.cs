using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>The Backend is killed while a guard watches, and comes back.</summary>
public sealed class OutageTests(TestHost host)
{
    [Fact]
    public async Task A_backend_that_is_killed_is_said_and_what_came_meanwhile_is_shown_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("siaga-outage-").FullName;
        try
        {
            await using var first = await SiagaProcess.UpAsync(folder, "Ingestion:KeyRefresh=00:00:00.2");
            await using var doorway = new Doorway(first.Address);
            using var api = new Api(first.Address);
            await api.SignInAsync();
            var camera = await api.MakeCameraAsync();
            await using var visit = await Visit.BeginAsync(host, new Look(), doorway.Address);
            visit.Expect("ERR_");
            visit.Expect("net::");
            await visit.SignInAsync(Api.Email);
            await Assertions.Expect(visit.Page.GetByText("All clear")).ToBeVisibleAsync();

            await first.KillAsync();
            doorway.Shut();
            await Assertions.Expect(visit.Page.GetByText("Connection lost at")).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.GetByText("All clear")).ToHaveCountAsync(0);
            await visit.PictureAsync("watch-lost-dark");

            // A clip arrives and is analysed while the guard's connection is still broken.
            await using var second = await SiagaProcess.UpAsync(folder, "Ingestion:KeyRefresh=00:00:00.2");
            using var apiAgain = new Api(second.Address);
            await apiAgain.SignInAsync();
            Assert.Equal(202, (await apiAgain.UploadAsync(camera, Tree.Anomaly)).Status);
            await Eventually.TrueAsync(
                "the anomaly is stored", async () => (await apiAgain.ListAsync("api/anomalies")).Count == 1, TimeSpan.FromMinutes(2));
            doorway.Lead(second.Address);
            await Assertions.Expect(visit.Page.GetByText("Connected again. 1 anomaly arrived in the meantime."))
                .ToBeVisibleAsync(new() { Timeout = 40_000 });
            await Assertions.Expect(visit.Page.Locator(".card-row")).ToHaveCountAsync(1);
            await visit.PictureAsync("watch-back-dark");
            visit.AssertQuiet();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
