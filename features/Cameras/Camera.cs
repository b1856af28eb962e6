using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Ports;

namespace Siaga.Cameras;

internal sealed class Camera : IOwnedByCompany, IVersioned
{
    /// <summary>What other features see of a camera.</summary>
    public static Expression<Func<Camera, CameraRef>> ToRef { get; } = c => new CameraRef(c.Id, c.CompanyId, c.Name, c.StreamKey)
    {
        FalseAlarmsADay = c.FalseAlarmsADay,
        TimeZone = c.TimeZone,
        CreatedAt = c.CreatedAt,
        Notes = c.Notes,
    };

    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required string Name { get; set; }

    public string? Location { get; set; }

    /// <summary>What people should know of it, such as how it is mounted; null for nothing.</summary>
    public string? Notes { get; set; }

    /// <summary>Its path on the media server; unique among the cameras in use. <c>cam{id}</c> by default.</summary>
    public required string StreamKey { get; set; }

    /// <summary>Where the media server pulls it from; null: the camera pushes. It may contain a password, so it is never shown.</summary>
    public string? RtspSource { get; set; }

    /// <summary>IANA name, such as <c>Asia/Jakarta</c>.</summary>
    public required string TimeZone { get; set; }

    /// <summary>How many false alarms a day the scene detector may raise, 0.01 to 1000: its sensitivity.</summary>
    public double FalseAlarmsADay { get; set; } = CameraRules.DefaultFalseAlarmsADay;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was archived; null while in use.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public long Version { get; private set; } = 1;

    /// <summary>When a superadmin requested that the camera and all its data be deleted; null: not requested.</summary>
    public DateTimeOffset? PurgeRequestedAt { get; set; }
}

/// <summary>A key with which a camera delivers to Ingestion. Only its hash is stored.</summary>
internal sealed class CameraKey : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>The key's first characters, shown to people to tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the whole key. The key is random, so a plain hash is enough.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As Ingestion last reported; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked; null while valid.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When it was created or revoked. Ingestion fetches keys by this time.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class CameraModel : IEntityModel<BackendDb>
{
    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Camera>().ToTable("cameras");
        modelBuilder.Entity<CameraKey>().ToTable("camera_keys");
    }
}
