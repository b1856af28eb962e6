using Siaga.Primitives;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>Ingestion's database: a ledger of clips, an outbox and the camera keys it has learned.</summary>
public sealed class IngestionDb(
    DbContextOptions<IngestionDb> options, CompanyScope scope, IEnumerable<IEntityModel<IngestionDb>> models, OutboxSignal signal)
    : ServiceDb(options, scope, models, signal);
