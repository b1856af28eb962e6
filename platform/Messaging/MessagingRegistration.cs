using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Siaga.Messaging;

public static class MessagingRegistration
{
    /// <summary>Consumes a queue with a handler as long as the host runs.</summary>
    /// <param name="subscription">Called after the settings are loaded.</param>
    public static IServiceCollection AddConsumer<THandler>(
        this IServiceCollection services, Func<IServiceProvider, Subscription> subscription)
        where THandler : class, IMessageHandler
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PoisonMessageIsolation>();
        services.AddScoped<THandler>();
        services.AddSingleton<IHostedService>(sp => ActivatorUtilities.CreateInstance<ConsumerService<THandler>>(sp, subscription(sp)));
        return services;
    }

    /// <summary>Exports depth, age and dead letters of the broker's queues as metrics. Safe to repeat.</summary>
    public static IServiceCollection AddQueueMetrics(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, QueueMetrics>());
        return services;
    }
}
