using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Tests.Backend;

/// <summary>The last use of a camera key is recorded even though the Backend refuses the report at first.</summary>
public sealed class KeyUseTests
{
    [Fact]
    public async Task A_use_that_the_backend_did_not_take_is_told_again()
    {
        await using var host = new HostThatRefusesUses();
        await host.InitializeAsync();
        var tenant = await host.MakeTenantAsync();
        var (_, key) = await WholeHost.MakeKeyAsync(tenant.Admin, tenant.CameraId);

        // The only clip that this camera ever sends.
        Assert.Equal(202, (await host.UploadAsync(new Client(host, ("X-Camera-Key", key)))).Status);
        await Eventually.TrueAsync("the Backend has refused it twice", () => host.Refused >= 2);
        Assert.Null(await LastUsedAsync(tenant));
        host.Refuses = false;
        await Eventually.TrueAsync("the use is known", async () => await LastUsedAsync(tenant) is not null);
    }

    private static async Task<string?> LastUsedAsync(Tenant tenant) =>
        Assert.Single(Expect.Items(await tenant.Admin.GetAsync($"/api/cameras/{tenant.CameraId}/keys")))
            .TryGetProperty("last_used_at", out var at)
            ? at.GetString()
            : null;

    private sealed class HostThatRefusesUses : WholeHost
    {
        private int _refused;

        public volatile bool Refuses = true;

        public int Refused => Volatile.Read(ref _refused);

        protected override void Add(WebApplicationBuilder builder)
        {
            base.Add(builder);
            builder.Services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new Refusing(this)));
        }

        private sealed class Refusing(HostThatRefusesUses host) : DelegatingHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                if (!host.Refuses || !request.RequestUri!.AbsolutePath.EndsWith("/camera-keys/used", StringComparison.Ordinal))
                    return base.SendAsync(request, cancellationToken);
                Interlocked.Increment(ref host._refused);
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
            }
        }
    }
}
