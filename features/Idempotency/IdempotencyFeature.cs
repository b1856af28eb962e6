using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Idempotency;

/// <summary>Remembers creating requests by their <c>Idempotency-Key</c>, so that a repeated one does not create a second time.</summary>
public static class IdempotencyFeature
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services)
    {
        services.AddTables<BackendDb, IdempotencyRecordModel>();
        services.AddScoped<IRepeatedCalls, RememberCalls>();
        return services;
    }
}
