using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Database;

/// <summary>Migrates a service's database to the current schema.</summary>
public interface IMigrator
{
    /// <summary>The service that owns the database: <c>backend</c>, <c>ingestion</c>.</summary>
    string Database { get; }

    /// <summary>The engine's name in settings.</summary>
    string Engine { get; }

    /// <summary>
    /// The migrations that this version of the program contains and the database has not had, oldest first. Changes nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The database cannot be reached; the message says why.</exception>
    IReadOnlyList<MigrationStep> GetPending();

    /// <summary>
    /// Applies the pending migrations, each completely or not at all. Safe to repeat, and to start
    /// in several processes: one works, the others wait.
    /// </summary>
    /// <returns>The migrations that this call applied.</returns>
    /// <exception cref="InvalidOperationException">The database cannot be reached; the message says why.</exception>
    Task<IReadOnlyList<MigrationStep>> MigrateAsync(CancellationToken cancellationToken);
}

public sealed record MigrationStep(long Version, string Name);

/// <summary>An assembly with FluentMigrator migrations for one service's database.</summary>
internal sealed record MigrationSource<TDb>(Assembly Assembly)
    where TDb : ServiceDb;

internal sealed class Migrator<TDb>(DatabaseEngine<TDb> engine, IEnumerable<MigrationSource<TDb>> sources) : IMigrator
    where TDb : ServiceDb
{
    public string Database { get; } = typeof(TDb).Name[..^"Db".Length].ToLowerInvariant();

    public string Engine => engine.Engine.Name;

    private IEnumerable<Assembly> Assemblies => sources.Select(s => s.Assembly).Append(typeof(OutboxMigration).Assembly).Distinct();

    public IReadOnlyList<MigrationStep> GetPending()
    {
        try
        {
            if (HasEveryStep())
                return [];
            using var provider = BuildRunner();
            using var scope = provider.CreateScope();
            return PendingIn(scope.ServiceProvider);
        }
        catch (Exception e) when (CannotBeUsed(e))
        {
            throw Explained(e);
        }
    }

    public async Task<IReadOnlyList<MigrationStep>> MigrateAsync(CancellationToken cancellationToken)
    {
        if (GetPending().Count == 0)
            return [];
        try
        {
            await using var held = await engine.Engine.LockForMigrationAsync(cancellationToken);
            await using var provider = BuildRunner();
            await using var scope = provider.CreateAsyncScope();

            // The previous holder of the lock may have applied them all.
            var pending = PendingIn(scope.ServiceProvider);
            if (pending.Count > 0)
                scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
            return pending;
        }
        catch (Exception e) when (CannotBeUsed(e))
        {
            throw Explained(e);
        }
    }

    /// <summary>
    /// Whether every migration is applied; true at nearly every start. Reads the version table directly, because building FluentMigrator or
    /// a context takes a good part of the start time. False when in doubt.
    /// </summary>
    private bool HasEveryStep()
    {
        var known = Assemblies.SelectMany(a => a.GetTypes()).Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Version).OfType<long>()
            .ToHashSet();
        using var connection = engine.Engine.CreateConnection();
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"Version\" FROM \"VersionInfo\"";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                known.Remove(rows.GetInt64(0));
            return known.Count == 0;
        }
        catch (DbException e) when (!CannotBeUsed(e))
        {
            // The version table does not exist yet, or FluentMigrator names it differently: let FluentMigrator decide.
            return false;
        }
    }

    private static IReadOnlyList<MigrationStep> PendingIn(IServiceProvider services)
    {
        var table = services.GetRequiredService<IVersionTableMetaData>();
        var processor = services.GetRequiredService<IMigrationProcessor>();
        var applied = processor.TableExists(table.SchemaName, table.TableName)
            ? processor.ReadTableData(table.SchemaName, table.TableName).Tables[0].Rows.Cast<DataRow>()
                .Select(r => Convert.ToInt64(r[table.ColumnName], CultureInfo.InvariantCulture)).ToHashSet()
            : [];
        return
        [
            .. services.GetRequiredService<IMigrationInformationLoader>().LoadMigrations().Values
                .Where(m => !applied.Contains(m.Version))
                .Select(m => new MigrationStep(m.Version, m.Description ?? m.Migration.GetType().Name)),
        ];
    }

    private ServiceProvider BuildRunner()
    {
        return new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                engine.Engine.Configure(runner);
                runner.ScanIn([.. Assemblies]).For.Migrations();
            })
            .BuildServiceProvider(validateScopes: false);
    }

    private bool CannotBeUsed(Exception e) => engine.Engine.FailureOf(e) is DatabaseFailure.Unavailable or DatabaseFailure.Full;

    private InvalidOperationException Explained(Exception e) =>
        new($"The database of {Database} cannot be used: {e.GetBaseException().Message}", e);
}
