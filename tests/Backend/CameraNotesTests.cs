namespace Siaga.Tests.Backend;

/// <summary>A camera's notes: what people should know of it.</summary>
public sealed class CameraNotesTests(BackendHost host) : IClassFixture<BackendHost>
{
    [Fact]
    public async Task Notes_are_kept_until_they_are_changed_or_cleared()
    {
        var tenant = await host.MakeTenantAsync();
        var camera = $"/api/cameras/{tenant.CameraId}";
        Assert.Null(Notes(await tenant.User.GetAsync(camera)));
        Assert.Equal("Above the door", Notes(await tenant.Admin.PutAsync(camera, new { notes = " Above the door " })));
        Assert.Equal("Above the door", Notes(await tenant.Admin.PutAsync(camera, new { name = "Door" })));
        Assert.Equal("Above the door", Notes(await host.Worker.GetAsync($"/internal/cameras/{tenant.CameraId}/scene")));
        Assert.Null(Notes(await tenant.Admin.PutAsync(camera, new { notes = "" })));
        Assert.Null(Notes(await host.Worker.GetAsync($"/internal/cameras/{tenant.CameraId}/scene")));
    }

    [Fact]
    public async Task A_camera_can_be_created_with_notes_of_at_most_2000_characters()
    {
        var tenant = await host.MakeTenantAsync();
        var longest = new string('n', 2000);
        var made = await tenant.Admin.PostAsync("/api/cameras", new { name = "Gate", notes = longest });
        Assert.Equal(longest, Notes(await tenant.User.GetAsync($"/api/cameras/{Expect.Id(made.Json)}")));
        Expect.Problem(await tenant.Admin.PostAsync("/api/cameras", new { name = "Gate", notes = longest + "n" }), 400, "notes_too_long");
        Expect.Problem(await tenant.Admin.PostAsync("/api/cameras", new { name = "Gate", notes = "\u0007" }), 400, "notes_unprintable");
    }

    private static string? Notes(Answer answer)
    {
        Assert.True(answer.Status is 200 or 201, answer.Text);
        return answer.Json.TryGetProperty("notes", out var notes) ? notes.GetString() : null;
    }
}
