using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Siaga.Database;

/// <summary>
/// Stores times as UTC, whatever their offset, so that both engines sort them. Precision is a microsecond, which is what both keep.
/// </summary>
internal sealed class UtcTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    t => new DateTime(t.UtcTicks - (t.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
    t => new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)))
{
    /// <summary>Rounds an entity's times to what will be stored, so that the response to a change and a later read agree.</summary>
    public static void Round(EntityEntry entry)
    {
        foreach (var property in entry.Properties)
        {
            if (property.CurrentValue is DateTimeOffset time && time.UtcTicks % TimeSpan.TicksPerMicrosecond is var rest and not 0)
                property.CurrentValue = time.AddTicks(-rest);
        }
    }
}
