using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Idempotency;

/// <summary>Remembers creating calls, so that one which is sent again creates nothing again.</summary>
public static class IdempotencyFeature
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services)
    {
        services.AddTables<BackendDb, IdempotencyRecordModel>();
        services.AddScoped<IRepeatedCalls, RememberCalls>();
        return services;
    }
}
