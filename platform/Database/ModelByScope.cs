using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

/// <summary>
/// Caches two EF models: one whose every query filters by company, one without the filter. A single filter with an "or" would hide the
/// company from the query planner. A unit of work that is used before its scope is set gets the filtered model, and therefore sees nothing.
/// </summary>
internal sealed class ModelByScope : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), ((ServiceDb)context).SeesAll, designTime);
}
