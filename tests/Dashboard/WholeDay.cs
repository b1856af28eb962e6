using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

/// <summary>What the API answers about a day that is over, too long to be filmed in a test: the pages are the real ones.</summary>
internal static class WholeDay
{
    /// <summary>Of all cameras together.</summary>
    public const int Anomalies = 5;

    /// <param name="route">Of a camera's day.</param>
    /// <param name="usual">Records minute after minute until 22:00, but for a gap in the night; some of its clips could not be analysed.</param>
    /// <param name="motion">Records when something moves. Any other camera recorded nothing.</param>
    public static Task AnswerAsync(IRoute route, long usual, long motion)
    {
        var url = new Uri(route.Request.Url);
        var camera = long.Parse(url.Segments[3].TrimEnd('/'), CultureInfo.InvariantCulture);
        var date = DateOnly.Parse(System.Web.HttpUtility.ParseQueryString(url.Query)["date"]!, CultureInfo.InvariantCulture);
        var from = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.FromHours(7));
        object Span(double minute, double minutes) => new { from = from.AddMinutes(minute), to = from.AddMinutes(minute + minutes) };
        object Clip(double minute, double minutes, string state) => new
        {
            clip_id = $"clip-{camera}-{minute}", from = from.AddMinutes(minute), to = from.AddMinutes(minute + minutes), state,
        };
        object Anomaly(double minute, double confidence, string status) => new
        {
            id = camera * 1000, from = from.AddMinutes(minute), to = from.AddMinutes(minute + 1), anomaly_type = "fighting", confidence, status,
        };
        var day = new
        {
            date,
            time_zone = "Asia/Jakarta",
            from,
            to = from.AddDays(1),
            clips = camera == usual
                ? Enumerable.Range(0, 22 * 60).Where(m => m is < 160 or >= 245).Select(m => Clip(m, 1, m is >= 780 and < 800 ? "failed" : "analysed"))
                : camera == motion ? Enumerable.Range(0, 90).Select(i => Clip(i * i * 0.17, 0.4, "analysed")) : [],
            gaps = camera == usual ? [Span(160, 85), Span(22 * 60, 120)] : camera == motion ? (object[])[] : [Span(0, 1440)],
            anomalies = camera == usual
                ? [Anomaly(151, 0.97, "new"), Anomaly(810, 0.8, "acknowledged"), Anomaly(1125, 0.93, "resolved")]
                : camera == motion ? (object[])[Anomaly(420, 0.84, "new"), Anomaly(1180, 0.95, "new")] : [],
        };
        return route.FulfillAsync(new RouteFulfillOptions
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" },
            Body = JsonSerializer.Serialize(day),
        });
    }
}
