using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Audit;

/// <summary>The audit: who did what, and who received links.</summary>
public static class AuditFeature
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddTables<BackendDb, AuditModel>();
        services.AddHttpContextAccessor();
        services.AddScoped<IAuditLog, AuditLog>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<IAccessLog>(sp => sp.GetRequiredService<AccessLog>());
        services.AddHostedService<AccessLogService>();
        return services;
    }

    public static void MapAudit(this IEndpointRouteBuilder routes) => ListAudit.Map(routes);
}
