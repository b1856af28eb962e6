using FluentMigrator;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Notifications;

/// <summary>An event for a company's people. Only its subject is stored; its text is rendered when it is sent.</summary>
internal sealed class Event : IOwnedByCompany
{
    /// <summary>The number that clients send as <c>Last-Event-ID</c>.</summary>
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required string Kind { get; init; }

    public required long SubjectId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class EventModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<Event>().ToTable("events");
}

[Migration(2026_11_24_1501, "events")]
public sealed class EventsMigration : Migration
{
    public override void Up()
    {
        Create.Table("events")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("company_id").AsInt64().NotNullable()
            .WithColumn("kind").AsString(50).NotNullable()
            .WithColumn("subject_id").AsInt64().NotNullable()
            .WithColumn("created_at").AsDateTime2().NotNullable();
        Create.Index("ix_events_company").OnTable("events").OnColumn("company_id").Ascending().OnColumn("id").Ascending();
        Create.Index("ix_events_created").OnTable("events").OnColumn("created_at").Ascending();
    }

    public override void Down() => Delete.Table("events");
}

internal sealed class EventLog(BackendDb db, EventFeed feed, TimeProvider time) : IEventLog
{
    public async Task AppendAsync(long companyId, string kind, long subjectId, CancellationToken cancellationToken)
    {
        await db.LockAsync("events", cancellationToken);
        db.Add(new Event { CompanyId = companyId, Kind = kind, SubjectId = subjectId, CreatedAt = time.GetUtcNow() });

        // Announced to every process at the commit.
        await db.AnnounceAsync(EventFeed.Topic, cancellationToken);
    }

    public void Announce() => feed.LookNow();
}
