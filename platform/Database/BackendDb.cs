using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>The Backend's database.</summary>
public sealed class BackendDb(
    DbContextOptions<BackendDb> options, CompanyScope scope, IEnumerable<IEntityModel<BackendDb>> models, OutboxSignal signal)
    : ServiceDb(options, scope, models, signal);
