using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace Siaga.Backend;

public static class BackendRegistration
{
    /// <summary>Registers a <see cref="BackendClient"/> under the service's name, because all services may run in one process.</summary>
    /// <param name="service">Such as <c>worker</c>.</param>
    /// <param name="timeout">Time limit of one call, with its repetitions.</param>
    /// <param name="credential">The header that authenticates the service, and its value.</param>
    public static IServiceCollection AddBackendClient(
        this IServiceCollection services,
        string service,
        TimeSpan timeout,
        Func<IServiceProvider, (string Header, string? Token)> credential)
    {
        var name = $"siaga-{service}-to-backend";
        services.TryAddSingleton<BackendAddress>();
        services.AddHttpClient(name, client => client.Timeout = timeout)
            .AddResilienceHandler("backend", pipeline => pipeline.AddRetry(Retries()));

        // Polly logs every attempt; the outage log tells of an outage once.
        services.AddLogging(logging => logging.AddFilter("Polly", LogLevel.None));
        return services.AddKeyedSingleton(service, (sp, _) => new BackendClient(
            sp.GetRequiredService<IHttpClientFactory>(), sp.GetRequiredService<BackendAddress>(), credential(sp), name));
    }

    /// <summary>
    /// Repeats a call whose connection failed, which spans a restart of a proxy or a lost connection. All calls are safe to repeat. What a
    /// busy Backend answers, such as <c>Retry-After</c>, is for the caller to decide.
    /// </summary>
    private static HttpRetryStrategyOptions Retries() => new()
    {
        MaxRetryAttempts = 2,
        Delay = TimeSpan.FromMilliseconds(200),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = attempt => ValueTask.FromResult(
            attempt.Outcome.Exception is HttpRequestException || attempt.Outcome.Result?.StatusCode == HttpStatusCode.BadGateway),
    };
}
