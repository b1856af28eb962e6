using System.Reflection;
using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Siaga.Database;

/// <summary>An assembly that brings migrations for one service's database.</summary>
/// <typeparam name="TDb">Which database.</typeparam>
/// <param name="Assembly">Scanned for FluentMigrator's migrations.</param>
internal sealed record MigrationSource<TDb>(Assembly Assembly)
    where TDb : ServiceDb;

/// <summary>Brings one service's database to the newest form. Safe to repeat.</summary>
internal sealed class Migrator<TDb>(DatabaseEngine<TDb> engine, IEnumerable<MigrationSource<TDb>> sources) : IMigrator
    where TDb : ServiceDb
{
    public void Migrate()
    {
        var assemblies = sources.Select(s => s.Assembly).Append(typeof(OutboxMigration).Assembly).Distinct().ToArray();
        using var provider = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner =>
            {
                engine.Engine.Configure(runner);
                runner.ScanIn(assemblies).For.Migrations();
            })
            .BuildServiceProvider(validateScopes: false);
        using var scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }
}

/// <summary>Brings a service's database to the newest form.</summary>
public interface IMigrator
{
    void Migrate();
}

/// <summary>The engine chosen for one service's database.</summary>
/// <typeparam name="TDb">Which database.</typeparam>
/// <param name="Engine">The adapter.</param>
internal sealed record DatabaseEngine<TDb>(IDatabaseEngine Engine)
    where TDb : ServiceDb;
