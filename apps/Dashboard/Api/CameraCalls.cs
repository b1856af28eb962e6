using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Cameras as watching and history need them; what admins do with them is beside their page.</summary>
public sealed class CameraCalls(ApiClient api)
{
    // A thousand cameras; more than that are named by their numbers.
    private const int Pages = 5;

    public Task<Answer<List<Camera>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/cameras?limit=200", CameraJson.Default.ListCamera, Pages, cancellationToken);

    /// <summary>What a camera delivered in a day of its own zone, and where it did not.</summary>
    public Task<Answer<CameraDay>> DayAsync(long id, DateOnly day, CancellationToken cancellationToken = default) =>
        api.GetAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/api/cameras/{id}/day?date={day:yyyy-MM-dd}"), CameraJson.Default.CameraDay, cancellationToken);
}

public sealed record Camera(long Id, long CompanyId, string Name)
{
    public string? Location { get; init; }

    /// <summary>IANA's name.</summary>
    public string TimeZone { get; init; } = "UTC";

    public string StreamKey { get; init; } = "";

    public string HlsUrl { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public double FalseAlarmsADay { get; init; } = 1;

    /// <summary><c>new</c>, <c>delivering</c>, <c>late</c> or <c>silent</c>.</summary>
    public string? State { get; init; }

    public DateTimeOffset? LastClipAt { get; init; }

    public double? LearningMinutesLeft { get; init; }

    /// <summary>A path of the API: it is asked with the token.</summary>
    public string? PictureUrl { get; init; }
}

/// <param name="Date">Of the camera's zone.</param>
/// <param name="TimeZone">IANA's name.</param>
/// <param name="From">The day's first moment.</param>
/// <param name="To">The next day's first.</param>
public sealed record CameraDay(DateOnly Date, string TimeZone, DateTimeOffset From, DateTimeOffset To)
{
    public List<DayClip> Clips { get; init; } = [];

    public List<DaySpan> Gaps { get; init; } = [];

    public List<DayAnomaly> Anomalies { get; init; } = [];
}

public sealed record DayClip(string ClipId, DateTimeOffset From, DateTimeOffset To, string State);

public sealed record DaySpan(DateTimeOffset From, DateTimeOffset To);

public sealed record DayAnomaly(long Id, DateTimeOffset From, DateTimeOffset To, string AnomalyType, double Confidence, string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Camera>))]
[JsonSerializable(typeof(CameraDay))]
public sealed partial class CameraJson : JsonSerializerContext;
