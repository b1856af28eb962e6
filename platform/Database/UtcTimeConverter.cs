using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Siaga.Database;

/// <summary>UTC in storage, whatever the offset in hand; a form that both engines sort by. To the microsecond, which is what both keep.</summary>
internal sealed class UtcTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    t => new DateTime(t.UtcTicks - (t.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
    t => new DateTimeOffset(DateTime.SpecifyKind(t, DateTimeKind.Utc)))
{
    /// <summary>Makes the times in hand those that will be stored, so that the answer to a change and a later look say the same.</summary>
    public static void Round(EntityEntry entry)
    {
        foreach (var property in entry.Properties)
        {
            if (property.CurrentValue is DateTimeOffset time && time.UtcTicks % TimeSpan.TicksPerMicrosecond is var rest and not 0)
                property.CurrentValue = time.AddTicks(-rest);
        }
    }
}
