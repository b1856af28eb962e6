
namespace Siaga.Tests.Backend;

/// <summary>
/// The camera script that sends no key and the phone app that registers itself are refused, unless a setting allows them, with a warning.
/// </summary>
public sealed class OldClientTests
{
    [Fact]
    public async Task By_default_a_camera_script_without_a_key_and_a_sign_up_without_a_token_are_refused()
    {
        await using var host = new WholeHost();
        await host.InitializeAsync();
        var tenant = await host.MakeTenantAsync();
        Expect.Problem(await host.UploadAsync(host.Anonymous, $"{tenant.CameraId}"), 401, "camera_key_refused");
        Expect.Problem(await host.Anonymous.PostAsync("/api/register", SignUp(host, tenant)), 401, "unauthenticated");
        Assert.DoesNotContain(host.Logs, l => l.Contains("Compatibility:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_its_setting_a_camera_script_without_a_key_delivers_for_the_camera_that_it_names()
    {
        await using var host = new WholeHost();
        host.Settings["Compatibility:KeylessIngestion"] = "true";
        await host.InitializeAsync();
        var tenant = await host.MakeTenantAsync();
        var accepted = await host.UploadAsync(host.Anonymous, $"{tenant.CameraId}");
        Assert.Equal(202, accepted.Status);
        var clip = accepted.Json.GetProperty("clip_id").GetString();
        Assert.Equal(tenant.CameraId, (await tenant.User.GetAsync($"/ingest/clips/{clip}")).Json.GetProperty("camera_id").GetInt64());
        Assert.Equal(202, (await host.UploadAsync(host.Anonymous, $"cam{tenant.CameraId}")).Status);

        Expect.Problem(await host.UploadAsync(host.Anonymous), 400, "camera_id_missing");
        Expect.Problem(await host.UploadAsync(host.Anonymous, "999999"), 404, "camera_not_found");
        Expect.Problem(await host.UploadAsync(host.Anonymous, "../1"), 404, "camera_not_found");
        Expect.Problem(
            await host.UploadAsync(new Client(host, ("X-Camera-Key", "sck_wrong-wrong-wrong-wrong")), $"{tenant.CameraId}"), 401);
        Assert.Single(host.Logs, l => l.Contains("Compatibility:KeylessIngestion is on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_its_setting_a_sign_up_makes_a_user_who_waits_for_an_admin_whatever_role_was_asked_for()
    {
        await using var host = new WholeHost();
        host.Settings["Compatibility:OpenRegistration"] = "true";
        await host.InitializeAsync();
        var tenant = await host.MakeTenantAsync();
        var other = await host.MakeTenantAsync();
        var signUp = SignUp(host, tenant, "superadmin");
        var made = await host.Anonymous.PostAsync("/api/register", signUp);
        Assert.Equal(201, made.Status);
        Assert.Equal("user", made.Json.GetProperty("role").GetString());
        var credentials = new { email = signUp["email"], password = signUp["password"] };
        Expect.Problem(await host.Anonymous.PostAsync("/api/login", credentials), 403, "approval_pending");

        var id = Expect.Id(made.Json);
        Assert.True((await tenant.Admin.GetAsync($"/api/users/{id}")).Json.GetProperty("pending").GetBoolean());
        Expect.Problem(await other.Admin.PostAsync($"/api/users/{id}/approve"), 404);
        Expect.Problem(await tenant.User.PostAsync($"/api/users/{id}/approve"), 403);
        Assert.Equal(200, (await tenant.Admin.PostAsync($"/api/users/{id}/approve")).Status);
        Assert.Equal(200, (await host.Anonymous.PostAsync("/api/login", credentials)).Status);

        Expect.Problem(await host.Anonymous.PostAsync("/api/register", signUp), 409, "email_taken");
        Expect.Problem(await tenant.User.PostAsync("/api/register", SignUp(host, tenant)), 403);
        Assert.Equal(201, (await tenant.Admin.PostAsync("/api/register", SignUp(host, tenant, "company_admin"))).Status);
        Assert.Single(host.Logs, l => l.Contains("Compatibility:OpenRegistration is on", StringComparison.Ordinal));

        // Repeated registration is rate limited.
        var answers = new List<int>();
        for (var i = 0; i < 12; i++)
            answers.Add((await host.Anonymous.PostAsync("/api/register", SignUp(host, tenant))).Status);
        Assert.Equal(429, answers[^1]);
    }

    private static Dictionary<string, object> SignUp(BackendHost host, Tenant tenant, string role = "user") => new(StringComparer.Ordinal)
    {
        ["email"] = host.Unique("phone-") + "@siaga.test",
        ["password"] = "a good long password",
        ["role"] = role,
        ["company_id"] = $"{tenant.CompanyId}",
    };
}
