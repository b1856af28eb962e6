using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

public static class UniqueViolations
{
    /// <summary>True when a unique index refused the change, because another request was first. Asks the engine of this context.</summary>
    public static bool IsUniqueViolation(this BackendDb db, DbUpdateException exception) =>
        db.GetService<DatabaseEngine<BackendDb>>().Engine.IsUniqueViolation(exception);

    /// <summary>True when a unique index refused the change, because another request was first.</summary>
    public static bool IsUniqueViolation(this IDatabaseEngine engine, DbUpdateException exception) =>
        engine.FailureOf(exception) == DatabaseFailure.UniqueViolation;
}
