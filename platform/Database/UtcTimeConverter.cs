using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Siaga.Database;

/// <summary>UTC in storage, whatever the offset in hand; a form that both engines sort by.</summary>
internal sealed class UtcTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    t => t.UtcDateTime, t => new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)));
