using System.Net.Http.Json;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Backend;

/// <summary>The loop that sends heartbeats. When the Backend is down nothing waits for it.</summary>
internal sealed class HeartbeatService(
    HeartbeatSource heart, Readiness readiness, BackendAddress backend, IHttpClientFactory clients, IOutageLog outages, TimeProvider time)
    : BackgroundService
{
    private const string Away = "backend_unavailable";

    private const int MaxStatus = 200;

    // The Backend considers a service gone after three missed heartbeats.
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(15);

    private static readonly string s_version = VersionOf(typeof(HeartbeatService).Assembly);

    private string Work => $"heartbeat of the {heart.Service}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // No need to report more: the Backend itself notices that this service's heartbeats are missing.
                outages.Failed(Away, Work, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sends one heartbeat.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var missing = await readiness.CheckAsync(heart.Service, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(await backend.GetAsync(cancellationToken), heart.Path));
        request.Headers.TryAddWithoutValidation(heart.Credential.Name, heart.Credential.Value);
        request.Content = JsonContent.Create(
            new
            {
                heart.Name,
                Version = s_version,
                Ready = missing is null,
                Status = missing?.Message is { Length: > MaxStatus } text ? text[..MaxStatus] : missing?.Message,
                LastWorkAt = heart.LastWorkAt(),
            },
            options: WebJson.Options);
        using var client = clients.CreateClient(HeartbeatRegistration.ClientName);
        using var response = await client.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            outages.Worked(Work);
        else
            outages.Failed(Away, Work, $"The Backend answered {(int)response.StatusCode}");
    }

    private static string VersionOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Length > 100 ? version[..100] : version;
    }
}
