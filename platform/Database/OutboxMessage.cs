using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>A message that was saved together with the change it reports, and waits for the broker.</summary>
public sealed class OutboxMessage
{
    /// <summary>Increases with time; the relay sends in this order.</summary>
    public long Id { get; private set; }

    /// <summary>The message's own id: publishing it twice yields one message.</summary>
    public required string MessageId { get; init; }

    public required string Topic { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The group for fair scheduling, a company's id; null when the message belongs to no group.</summary>
    public string? Group { get; init; }

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static OutboxMessage Of<T>(
        string messageId, string topic, T body, JsonSerializerOptions json, string? group, DateTimeOffset now) => new()
    {
        MessageId = messageId,
        Topic = topic,
        Body = JsonSerializer.SerializeToUtf8Bytes(body, json),
        Group = group,
        TraceParent = Activity.Current?.Id,
        CreatedAt = now,
    };

    internal static void Configure(ModelBuilder modelBuilder) => modelBuilder.Entity<OutboxMessage>(row =>
    {
        row.ToTable("outbox");
        row.HasKey(m => m.Id);
        row.Property(m => m.Group).HasColumnName("message_group");
    });
}
