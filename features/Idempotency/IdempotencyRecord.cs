using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Idempotency;

/// <summary>A creating call that was made under a client's own name of it.</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>Of the caller and the client's key together; neither can be read from it.</summary>
    public required string Name { get; init; }

    /// <summary>Of what was sent; the same name for something else is a mistake.</summary>
    public required string Fingerprint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the answer is kept.</summary>
    public int? Status { get; set; }

    public string? Location { get; set; }

    /// <summary>Sealed: it may hold a secret that is shown once.</summary>
    public byte[]? Answer { get; set; }
}

internal sealed class IdempotencyRecordModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<IdempotencyRecord>(row =>
    {
        row.ToTable("made_calls");
        row.HasKey(c => c.Name);
    });
}

[Migration(2026_11_24_1701, "calls that were made")]
public sealed class MadeCallsMigration : AutoReversingMigration
{
    public override void Up()
    {
        Create.Table("made_calls")
            .WithColumn("name").AsString(64).PrimaryKey()
            .WithColumn("fingerprint").AsString(64).NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable()
            .WithColumn("status").AsInt32().Nullable()
            .WithColumn("location").AsString(500).Nullable()
            .WithColumn("answer").AsBinary(int.MaxValue).Nullable();
        Create.Index("ix_made_calls_created").OnTable("made_calls").OnColumn("created_at").Ascending();
    }
}
