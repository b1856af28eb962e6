using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;
using Siaga.Database.Postgres;
using Siaga.Database.Sqlite;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Chooses the engine of the services' databases by <c>Database:Engine</c>.</summary>
public static class DatabaseWiring
{
    /// <summary>Adds a service's database: a file in the data folder, or a database on a PostgreSQL server.</summary>
    /// <param name="configuration">Its section <c>Database</c> is read.</param>
    /// <param name="folder">The place of the file, for SQLite.</param>
    /// <param name="service"><c>backend</c> or <c>ingestion</c>.</param>
    public static void AddDatabase<TDb>(this IServiceCollection services, IConfiguration configuration, DataFolder folder, string service)
        where TDb : ServiceDb
    {
        if (services.All(s => s.ImplementationType != typeof(SeparateDatabases)))
        {
            services.AddStrictOptions<DatabaseOptions, DatabaseOptionsValidator>(configuration, DatabaseOptions.Section);
            services.AddSingleton<IValidateOptions<DatabaseOptions>, SeparateDatabases>();
        }

        services.AddServiceDb<TDb>(sp =>
            sp.GetRequiredService<IOptions<DatabaseOptions>>().Value is { Engine: DatabaseKind.Postgres } options
                ? new PostgresEngine(options.PostgresOf(service))
                : new SqliteEngine(folder.File(service + ".db")));
        services.AddOutboxMetrics<TDb>(service);
    }

    /// <summary>True if the databases are files of the data folder, which only one process per service may use.</summary>
    internal static bool KeepsFiles(this IServiceProvider services) =>
        services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Engine == DatabaseKind.Sqlite;

    /// <summary>
    /// Runs the part of a start that needs the databases, and repeats it while a server does not
    /// answer yet. Failures that waiting cannot fix, such as a wrong password, are reported at once.
    /// </summary>
    /// <param name="start">May run several times.</param>
    /// <exception cref="InvalidOperationException">A database is not reachable for <see cref="DatabaseOptions.WaitAtStart"/>.</exception>
    internal static Task WhenDatabasesAnswerAsync(
        this IServiceProvider services, Func<Task> start, CancellationToken cancellationToken) => StartWait.ForAsync(
            start,
            services.GetRequiredService<IOptions<DatabaseOptions>>().Value.WaitAtStart,
            e => !MayPass(e) ? null
                : e is InvalidOperationException ? e.Message
                : $"A database cannot be used: {e.GetBaseException().Message}",
            services.GetRequiredService<TimeProvider>(),
            cancellationToken);

    /// <summary>Migrates every database of these services to the current schema, or refuses if that is not allowed.</summary>
    /// <exception cref="InvalidOperationException">
    /// A database is outdated and may not be migrated at a start, or it is not reachable.
    /// </exception>
    internal static async Task MigrateDatabasesAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        // All of them are checked first: a problem with the second is reported before the first is changed.
        var behind = services.GetServices<IMigrator>()
            .Select(m => (Migrator: m, Pending: m.GetPending()))
            .Where(m => m.Pending.Count > 0)
            .ToList();
        if (behind.Count == 0)
            return;
        if (!services.GetRequiredService<IOptions<DatabaseOptions>>().Value.MigrateAtStart)
        {
            var names = behind.Select(m => $"{m.Migrator.Database} ({m.Pending.Count} pending)");
            throw new InvalidOperationException(
                $"These databases do not have the current schema, and Database:MigrateAtStart is off: {string.Join(", ", names)}. "
                + "Run 'siaga migrate' first.");
        }

        foreach (var (migrator, _) in behind)
            await migrator.MigrateAsync(cancellationToken);
    }

    internal static bool MayPass(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbException { IsTransient: true })
                return true;
        }

        return false;
    }
}
