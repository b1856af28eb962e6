using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Dashboard;

/// <summary>Mocks the API's answers for a whole past day, which a test could not record. The pages are real.</summary>
internal static class WholeDay
{
    /// <summary>Anomalies of all cameras together.</summary>
    public const int Anomalies = 5;

    private const string Zone = "Asia/Jakarta";

    private static readonly TimeSpan s_offset = TimeSpan.FromHours(7);
    private static readonly JsonSerializerOptions s_snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Mocks the day of three cameras for a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="usual">Records continuously until 22:00, with a gap in the night; some of its clips could not be analysed.</param>
    /// <param name="motion">Records on motion. Any other camera recorded nothing.</param>
    public static async Task ShowAsync(IPage page, Camera usual, Camera motion)
    {
        await page.RouteAsync(new Regex("/api/cameras/[0-9]+/day"), route =>
        {
            var camera = long.Parse(new Uri(route.Request.Url).Segments[3].TrimEnd('/'), CultureInfo.InvariantCulture);
            var date = DateOnly.Parse(
                System.Web.HttpUtility.ParseQueryString(new Uri(route.Request.Url).Query)["date"]!, CultureInfo.InvariantCulture);
            var from = Midnight(date);
            object Span(double minute, double minutes) => new { from = from.AddMinutes(minute), to = from.AddMinutes(minute + minutes) };
            object Clip(double minute, double minutes, string state) => new
            {
                clip_id = $"clip-{camera}-{minute}", from = from.AddMinutes(minute), to = from.AddMinutes(minute + minutes), state,
            };
            return AnswerAsync(route, new
            {
                date,
                time_zone = Zone,
                from,
                to = from.AddDays(1),
                clips = camera == usual.Id
                    ? Enumerable.Range(0, 22 * 60).Where(m => m is < 160 or >= 245)
                        .Select(m => Clip(m, 1, m is >= 780 and < 800 ? "failed" : "normal"))
                    : camera == motion.Id ? Enumerable.Range(0, 90).Select(i => Clip(i * i * 0.17, 0.4, "normal")) : [],
                gaps = camera == usual.Id ? [Span(160, 85), Span(22 * 60, 120)] : camera == motion.Id ? (object[])[] : [Span(0, 1440)],
                anomalies = Found(usual, motion).Where(a => a.Camera.Id == camera).Select(a => new
                {
                    a.Id, from = from.AddMinutes(a.Minute), to = from.AddMinutes(a.Minute + 1), anomaly_type = a.Type, a.Confidence,
                    a.Status,
                }),
            });
        });
        await page.RouteAsync(new Regex("/api/anomalies\\?"), route =>
        {
            var from = Midnight(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(s_offset).DateTime));
            return AnswerAsync(route, Found(usual, motion).OrderByDescending(a => a.Minute).Select(a => new
            {
                a.Id,
                camera_id = a.Camera.Id,
                company_id = a.Camera.CompanyId,
                anomaly_type = a.Type,
                label = a.Type,
                detector = "model",
                a.Confidence,
                video_clip_url = "/blobs/none.mp4",
                captured_at = from.AddMinutes(a.Minute),
                received_at = from.AddMinutes(a.Minute),
                reported_at = from.AddMinutes(a.Minute),
                a.Status,
            }));
        });
    }

    private static DateTimeOffset Midnight(DateOnly date) => new(date, TimeOnly.MinValue, s_offset);

    private static (long Id, Camera Camera, double Minute, string Type, double Confidence, string Status)[] Found(
        Camera usual, Camera motion) =>
    [
        (1, usual, 151, "fighting", 0.97, "new"), (2, usual, 810, "vandalism", 0.8, "acknowledged"),
        (3, usual, 1125, "fighting", 0.93, "resolved"), (4, motion, 420, "loitering", 0.84, "new"),
        (5, motion, 1180, "fighting", 0.95, "new"),
    ];

    private static Task AnswerAsync(IRoute route, object body) => route.FulfillAsync(new RouteFulfillOptions
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/json" },
        Body = JsonSerializer.Serialize(body, s_snake),
    });
}
