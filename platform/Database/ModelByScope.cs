using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Siaga.Database;

/// <summary>
/// Two models: one whose every query asks for one company, one that asks for none. A condition that is either way would hide the company
/// from the planner. Who uses a unit of work before saying whose it is gets the first, and with it nothing.
/// </summary>
internal sealed class ModelByScope : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), ((ServiceDb)context).SeesAll, designTime);
}
