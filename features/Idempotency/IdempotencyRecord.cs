using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Idempotency;

/// <summary>A creating request with an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotencyRecord
{
    /// <summary>Keyed hash of the caller and the client's key, neither of which can be read from it.</summary>
    public required string Name { get; init; }

    /// <summary>Keyed hash of path and body. The same key with another request is a client's mistake.</summary>
    public required string Fingerprint { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the answer is stored.</summary>
    public int? Status { get; set; }

    public string? Location { get; set; }

    /// <summary>Encrypted, because it may hold a secret that is shown only once.</summary>
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
