using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>Ingestion's database: received clips, an outbox and the camera keys that it knows.</summary>
public sealed class IngestionDb(
    DbContextOptions<IngestionDb> options, CompanyScope scope, IEnumerable<IEntityModel<IngestionDb>> models, OutboxSignal signal)
    : ServiceDb(options, scope, models, signal);
