using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Messaging.Embedded;
using Siaga.Messaging.RabbitMq;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Chooses the broker by <c>Messaging:Broker</c>.</summary>
internal static class MessagingWiring
{
    public static void AddBroker(this IServiceCollection services, IConfiguration configuration, DataFolder folder)
    {
        services.AddStrictOptions<MessagingOptions, MessagingOptionsValidator>(configuration, MessagingOptions.Section);
        services.AddSingleton<IValidateOptions<MessagingOptions>, BrokerIsNamed>();
        services.AddSingleton(new Topology(Routes.Bindings) { FairQueues = Routes.FairQueues });
        services.AddSingleton(sp => new EmbeddedBroker(
            new EmbeddedBrokerOptions { Folder = folder.File("broker") },
            sp.GetRequiredService<Topology>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<IOutageLog>(),
            sp.GetRequiredService<ILogger<EmbeddedBroker>>()));
        services.AddSingleton(sp => new RabbitMqBroker(
            sp.GetRequiredService<IOptions<MessagingOptions>>().Value.RabbitMq.ToOptions(),
            sp.GetRequiredService<Topology>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<IOutageLog>(),
            sp.GetRequiredService<ILogger<RabbitMqBroker>>()));
        services.AddSingleton<IFailureMapper, BrokerFailures>();
        services.AddSingleton<IMessageBroker>(sp =>
            IsRabbit(sp) ? sp.GetRequiredService<RabbitMqBroker>() : sp.GetRequiredService<EmbeddedBroker>());
        services.AddSingleton<IMessagePublisher>(sp =>
            IsRabbit(sp) ? sp.GetRequiredService<RabbitMqBroker>() : sp.GetRequiredService<EmbeddedBroker>());
    }

    private static bool IsRabbit(IServiceProvider services) =>
        services.GetRequiredService<IOptions<MessagingOptions>>().Value.Broker == BrokerKind.RabbitMq;
}
