using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Siaga.Database;

public static class DatabaseRegistration
{
    /// <summary>Registers a service's database on an engine, with its outbox and the relay that empties it.</summary>
    public static IServiceCollection AddServiceDb<TDb>(this IServiceCollection services, Func<IServiceProvider, IDatabaseEngine> engine)
        where TDb : ServiceDb
    {
        services.TryAddScoped<CompanyScope>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IFailureMapper, DatabaseFailures>());
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<CacheInvalidation>();
        services.AddSingleton(sp => new DatabaseEngine<TDb>(engine(sp)));
        services.AddKeyedSingleton(typeof(TDb), (sp, _) => sp.GetRequiredService<DatabaseEngine<TDb>>().Engine);
        services.AddDbContext<TDb>(
            (sp, options) =>
            {
                sp.GetRequiredService<DatabaseEngine<TDb>>().Engine.Configure(options);
                options.UseSnakeCaseNamingConvention();
                options.ReplaceService<IModelCacheKeyFactory, ModelByScope>();

                // The caller gets every failure as an exception and logs it, unless it expects it, such as a row that another request
                // inserted first.
                options.ConfigureWarnings(events => events.Log(
                    (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug),
                    (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug),
                    (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)));
            },
            optionsLifetime: ServiceLifetime.Singleton);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DatabaseCheck<TDb>>();
        services.AddSingleton<Migrator<TDb>>();
        services.AddSingleton<IMigrator>(sp => sp.GetRequiredService<Migrator<TDb>>());
        services.AddSingleton<OutboxRelay<TDb>>();
        services.AddHostedService<OutboxRelayService<TDb>>();
        if (typeof(TDb) == typeof(BackendDb))
            services.AddHostedService<ChangeListener>();
        return services;
    }

    /// <summary>
    /// Registers the tables of a feature: its entities, and the migrations in the assembly of <typeparamref name="TModel"/>.
    /// </summary>
    public static IServiceCollection AddTables<TDb, TModel>(this IServiceCollection services)
        where TDb : ServiceDb
        where TModel : class, IEntityModel<TDb>
    {
        services.AddSingleton<IEntityModel<TDb>, TModel>();
        services.AddSingleton(new MigrationSource<TDb>(typeof(TModel).Assembly));
        return services;
    }

    /// <summary>The engine of a service's database, for what engines report differently (unique violations, a full disk).</summary>
    public static IDatabaseEngine EngineOf<TDb>(this IServiceProvider services)
        where TDb : ServiceDb => services.GetRequiredService<DatabaseEngine<TDb>>().Engine;
}
