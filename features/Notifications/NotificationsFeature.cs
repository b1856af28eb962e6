using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Notifications;

/// <summary>Tells people what happens, as a stream of events.</summary>
public static class NotificationsFeature
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<NotificationsOptions, NotificationsOptionsValidator>(configuration, NotificationsOptions.Section);
        services.AddTables<BackendDb, EventModel>();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<EventClock>();
        services.AddSingleton<EventLinks>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<EventPruning>();
        services.AddScoped<IEventLog, EventLog>();
        services.AddScoped<IEventRenderer, TestEvents>();
        services.AddHostedService<EventFeedService>();
        services.AddHostedService<EventPruningService>();
        return services;
    }

    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        StreamEvents.Map(routes);
        TestNotification.Map(routes);
    }
}
