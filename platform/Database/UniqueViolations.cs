using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

public static class UniqueViolations
{
    /// <summary>True when a unique index refused the change: somebody else was first. Asks the engine under this context.</summary>
    public static bool IsUniqueViolation(this BackendDb db, DbUpdateException exception) =>
        db.GetService<DatabaseEngine<BackendDb>>().Engine.IsUniqueViolation(exception);

    /// <summary>True when a unique index refused the change: somebody else was first.</summary>
    public static bool IsUniqueViolation(this IDatabaseEngine engine, DbUpdateException exception) =>
        engine.FailureOf(exception) == DatabaseFailure.UniqueViolation;
}
