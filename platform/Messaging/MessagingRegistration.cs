using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Siaga.Messaging;

public static class MessagingRegistration
{
    /// <summary>Consumes a queue with a handler as long as the host runs.</summary>
    /// <param name="subscription">Called after the settings are loaded.</param>
    public static IServiceCollection AddConsumer<THandler>(
        this IServiceCollection services, Func<IServiceProvider, Subscription> subscription)
        where THandler : class, IMessageHandler
    {
        services.AddScoped<THandler>();
        return services.AddConsumerOf<THandler, THandler>(subscription);
    }

    /// <summary>Consumes a queue of JSON messages with a handler as long as the host runs.</summary>
    /// <param name="message">How a message is read; one that cannot be read becomes a dead letter.</param>
    /// <param name="subscription">Called after the settings are loaded.</param>
    public static IServiceCollection AddConsumer<THandler, T>(
        this IServiceCollection services, JsonTypeInfo<T> message, Func<IServiceProvider, Subscription> subscription)
        where THandler : class, IMessageHandler<T>
        where T : class
    {
        services.AddScoped<THandler>();
        services.AddScoped(sp => new MessageReader<THandler, T>(sp.GetRequiredService<THandler>(), message));
        return services.AddConsumerOf<MessageReader<THandler, T>, THandler>(subscription);
    }

    /// <summary>Exports depth, age and dead letters of the broker's queues as metrics. Safe to repeat.</summary>
    public static IServiceCollection AddQueueMetrics(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, QueueMetrics>());
        return services;
    }

    /// <typeparam name="THandler">Gets the deliveries.</typeparam>
    /// <typeparam name="TCategory">The class under whose name failures are logged.</typeparam>
    private static IServiceCollection AddConsumerOf<THandler, TCategory>(
        this IServiceCollection services, Func<IServiceProvider, Subscription> subscription)
        where THandler : class, IMessageHandler
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PoisonMessageIsolation>();
        services.AddSingleton<IHostedService>(sp => ActivatorUtilities.CreateInstance<ConsumerService<THandler>>(
            sp, subscription(sp), sp.GetRequiredService<ILogger<TCategory>>()));
        return services;
    }
}
