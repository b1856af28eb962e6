using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Siaga.Backend;

public static class BackendRegistration
{
    /// <summary>Registers a <see cref="BackendClient"/> under the service's name, because all services may run in one process.</summary>
    /// <param name="service">Such as <c>worker</c>.</param>
    /// <param name="timeout">Time limit of one call.</param>
    /// <param name="credential">The header that authenticates the service, and its value.</param>
    public static IServiceCollection AddBackendClient(
        this IServiceCollection services,
        string service,
        TimeSpan timeout,
        Func<IServiceProvider, (string Header, string? Token)> credential)
    {
        var name = $"siaga-{service}-to-backend";
        services.TryAddSingleton<BackendAddress>();
        services.AddHttpClient(name, client => client.Timeout = timeout);
        return services.AddKeyedSingleton(service, (sp, _) => new BackendClient(
            sp.GetRequiredService<IHttpClientFactory>(), sp.GetRequiredService<BackendAddress>(), credential(sp), name));
    }
}
