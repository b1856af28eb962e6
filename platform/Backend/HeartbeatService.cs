using System.Net.Http.Json;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Backend;

/// <summary>The loop that sends heartbeats. When the Backend is down nothing waits for it.</summary>
internal sealed class HeartbeatService(
    HeartbeatSource heart, BackendClient backend, BackendAddress address, Readiness readiness, IOutageLog outages, TimeProvider time)
    : BackgroundService
{
    private const int MaxStatus = 200;

    // The Backend considers a service gone after three missed heartbeats.
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(15);

    // A Backend that hangs must not delay the next heartbeat, however long other calls may take.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

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
                outages.Failed(BackendClient.Away, Work, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Sends one heartbeat.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var missing = await readiness.CheckAsync(heart.Service, cancellationToken);
        var beat = JsonContent.Create(
            new
            {
                heart.Name,
                Version = s_version,
                Ready = missing is null,
                Status = missing?.Message is { Length: > MaxStatus } text ? text[..MaxStatus] : missing?.Message,
                LastWorkAt = heart.LastWorkAt(),
            },
            options: WebJson.Options);
        using var response = await SendAsync(beat, cancellationToken);
        if (response.IsSuccessStatusCode)
            outages.Worked(Work);
        else
            outages.Failed(BackendClient.Away, Work, $"The Backend answered {(int)response.StatusCode}");
    }

    /// <exception cref="TimeoutException">The Backend does not answer in time.</exception>
    private async Task<HttpResponseMessage> SendAsync(JsonContent beat, CancellationToken cancellationToken)
    {
        // A Backend in this process is not late before it listens.
        await address.GetAsync(cancellationToken);
        using var late = new CancellationTokenSource(s_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await backend.SendAsync(HttpMethod.Post, heart.Path, beat, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The Backend did not answer in time.", e);
        }
    }

    private static string VersionOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Length > 100 ? version[..100] : version;
    }
}
