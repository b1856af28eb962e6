using FluentMigrator.Runner;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>One database of one service on one engine. Each adapter brings an implementation; the wiring chooses.</summary>
public interface IDatabaseEngine
{
    /// <summary>Points a context at the database.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>Points the migration runner at the database.</summary>
    void Configure(IMigrationRunnerBuilder runner);

    /// <summary>True when the failure is a unique index's refusal: somebody else was first.</summary>
    bool IsUniqueViolation(DbUpdateException exception);

    /// <summary>True when the database has no room left.</summary>
    bool IsFull(Exception exception);
}
