using Microsoft.EntityFrameworkCore;
using Siaga.Database;

namespace Siaga.Cameras;

internal sealed class Camera : IOwnedByCompany, IVersioned
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required string Name { get; set; }

    public string? Location { get; set; }

    /// <summary>Its path on the media server; unique among the cameras in use. <c>cam{id}</c> unless chosen.</summary>
    public required string StreamKey { get; set; }

    /// <summary>Where the media server pulls it from; null: the camera pushes. May hold a password, so it is never told.</summary>
    public string? RtspSource { get; set; }

    /// <summary>IANA name, such as <c>Asia/Jakarta</c>.</summary>
    public required string TimeZone { get; set; }

    /// <summary>How many false alarms a day the scene detector may raise, 0.01 to 1000: its sensitivity.</summary>
    public double FalseAlarmsADay { get; set; } = CameraRules.DefaultFalseAlarmsADay;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was archived; null while in use.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public long Version { get; private set; } = 1;

    /// <summary>When a superadmin asked for it, and all that is kept of it, to be gone for good; null: never.</summary>
    public DateTimeOffset? PurgeRequestedAt { get; set; }
}

/// <summary>What a camera shows Ingestion. The key itself is known to the camera only.</summary>
internal sealed class CameraKey : IOwnedByCompany
{
    public long Id { get; private set; }

    public required long CompanyId { get; init; }

    public required long CameraId { get; init; }

    /// <summary>The key's first characters, by which people tell keys apart.</summary>
    public required string Prefix { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the whole key. The key is random, so a plain hash is enough.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As Ingestion last told; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it stopped being valid; null while valid.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>When Ingestion must hear of it (again): made or revoked.</summary>
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
