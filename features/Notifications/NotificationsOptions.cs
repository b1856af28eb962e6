using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Notifications;

/// <summary>Section <c>Backend:Notifications</c>.</summary>
public sealed class NotificationsOptions
{
    public const string Section = "Backend:Notifications";

    /// <summary>How often a silent stream sends a sign of life. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long missed events can be asked for. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan KeepEvents { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Streams open at once in this process; a further one is answered with 503. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 2000;
}

[OptionsValidator]
internal sealed partial class NotificationsOptionsValidator : IValidateOptions<NotificationsOptions>;
