using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;
using Wire = Siaga.Messages.Api;

namespace Siaga.Recordings;

/// <summary>Shows a camera's day in its own time zone: clips, the gaps between them, and anomalies.</summary>
internal static class ShowDay
{
    // A clip every second for 25 hours.
    private const int MostClips = 90_000;

    // A gap is longer than this many usual intervals.
    private const int GapIntervals = 2;

    // With this many clips the day has a rhythm of its own; fewer may be untypical.
    private const int EnoughClips = 10;

    private static ShowDayResponse Example { get; } = new(
        "2026-11-24",
        "Asia/Jakarta",
        At(23, 17),
        At(24, 17),
        [new ShowDayClipItem("01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10", At(24, 8), At(24, 8).AddSeconds(10), Wire.ClipState.Anomaly)],
        [new ShowDayGapItem(At(23, 17), At(24, 8))],
        [
            new ShowDayAnomalyItem(120, At(24, 8).AddSeconds(2), At(24, 8).AddSeconds(4), "fighting", 0.93, "new")
            {
                ClipId = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
            },
        ]);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/cameras/{id:long}/day", HandleAsync)
        .Describe(
            "Recordings",
            "Show a camera's day",
            "By the camera's own clock, so that a day has 23 or 25 hours where clocks are changed. "
            + "The clip's `state` is waiting, normal, anomaly or failed.")
        .Reads(new QueryParameter("date", ParameterKind.Text, "Such as 2026-11-24; default: the camera's today."))
        .Answers(200, Example).Fails(400, "date_invalid").Fails(404, "camera_not_found");

    private static DateTimeOffset At(int day, int hour) => new(2026, 11, day, hour, 0, 0, TimeSpan.Zero);

    private static async Task<IResult> HandleAsync(long id, HttpContext context, Handler handler) =>
        (await handler.RunAsync(id, context.Request.Query["date"].ToString(), context.RequestAborted)).ToHttp();

    internal sealed class Handler(BackendDb db, ICameraRegistry cameras, IClipFindings findings, TimeProvider time)
    {
        public async Task<Result<ShowDayResponse>> RunAsync(long cameraId, string date, CancellationToken cancellationToken)
        {
            DateOnly? wanted = null;
            if (date.Length > 0)
            {
                if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
                    || parsed < CameraDay.Earliest || parsed > CameraDay.Latest)
                    return new Error(ErrorKind.Invalid, "date_invalid", "'date' must be a day such as 2026-11-24.");
                wanted = parsed;
            }

            if (await cameras.FindAsync(cameraId, cancellationToken) is not { } camera)
                return new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(camera.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
            var now = time.GetUtcNow();
            var day = wanted ?? CameraDay.Of(zone, now);
            var span = CameraDay.SpanOf(zone, day);
            return await ReadAsync(camera, day, span, now, cancellationToken);
        }

        private async Task<ShowDayResponse> ReadAsync(
            CameraRef camera, DateOnly day, Span span, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var rows = await db.Set<Recording>().AsNoTracking()
                .Where(r => r.CameraId == camera.Id && r.CapturedAt >= span.From && r.CapturedAt < span.To)
                .OrderBy(r => r.CapturedAt).ThenBy(r => r.Id).Take(MostClips)
                .Select(r => new Row(r.ClipId, r.CapturedAt)).ToListAsync(cancellationToken);
            var before = await NewestAsync(camera.Id, span.From, 1, cancellationToken);
            var usual = (rows.Count >= EnoughClips ? Rhythm.Of(rows.Select(r => r.CapturedAt)) : null)
                ?? Rhythm.Of((await NewestAsync(camera.Id, span.To, Rhythm.Clips, cancellationToken)).Select(r => r.CapturedAt))
                ?? Rhythm.Unknown;

            // The last clip before the day may reach into it, with its anomalies.
            var since = before is [var last] ? last.CapturedAt : span.From;
            var looks = await findings.LooksAsync(camera.Id, since, span.To, cancellationToken);
            var clips = ClipsOf([.. before, .. rows], looks, usual).Where(c => c.To > span.From).ToList();
            var gaps = GapsOf(camera, clips, hasBefore: before.Count > 0, new Span(span.From, now < span.To ? now : span.To), usual);
            var spans = clips.ToDictionary(c => c.ClipId, c => c.To, StringComparer.Ordinal);
            var anomalies = (await findings.AnomaliesAsync(camera.Id, since, span.To, cancellationToken))
                .Select(a => new ShowDayAnomalyItem(a.Id, a.From, EndOf(a, spans), a.AnomalyType, a.Confidence, a.Status)
                {
                    ClipId = a.ClipId,
                })
                .Where(a => a.To >= span.From && a.From < span.To).ToList();
            return new ShowDayResponse(
                day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), camera.TimeZone, span.From, span.To, clips,
                [.. gaps.Select(g => new ShowDayGapItem(g.From, g.To))], anomalies);
        }

        private Task<List<Row>> NewestAsync(long cameraId, DateTimeOffset before, int count, CancellationToken cancellationToken) =>
            db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == cameraId && r.CapturedAt < before)
                .OrderByDescending(r => r.CapturedAt).ThenByDescending(r => r.Id).Take(count)
                .Select(r => new Row(r.ClipId, r.CapturedAt)).ToListAsync(cancellationToken);

        /// <summary>
        /// A clip that was not analysed yet is taken to last until the next one, or for the usual interval if that is shorter.
        /// </summary>
        internal static IEnumerable<ShowDayClipItem> ClipsOf(
            IReadOnlyList<Row> rows, IReadOnlyDictionary<string, ClipLook> looks, TimeSpan usual)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var look = looks.GetValueOrDefault(rows[i].ClipId);
                var begin = rows[i].CapturedAt;
                var guess = i + 1 < rows.Count && rows[i + 1].CapturedAt - begin < usual ? rows[i + 1].CapturedAt : begin + usual;
                var end = look is { Seconds: > 0 } ? begin.AddSeconds(look.Seconds) : guess;
                yield return new ShowDayClipItem(rows[i].ClipId, begin, end, StateOf(look?.State ?? Ports.ClipState.Waiting));
            }
        }

        private static Wire.ClipState StateOf(Ports.ClipState state) => state switch
        {
            Ports.ClipState.Waiting => Wire.ClipState.Waiting,
            Ports.ClipState.Normal => Wire.ClipState.Normal,
            Ports.ClipState.Anomaly => Wire.ClipState.Anomaly,
            Ports.ClipState.Failed => Wire.ClipState.Failed,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
        };

        /// <summary>No gap begins before the camera was created or delivered first.</summary>
        internal static IReadOnlyList<Span> GapsOf(CameraRef camera, List<ShowDayClipItem> clips, bool hasBefore, Span span, TimeSpan usual)
        {
            var first = clips.Count > 0 && clips[0].From < camera.CreatedAt ? clips[0].From : camera.CreatedAt;
            var from = hasBefore || span.From > first ? span.From : first;
            return CameraDay.GapsOf(clips.Select(c => new Span(c.From, c.To)), span with { From = from }, GapIntervals * usual);
        }

        internal static DateTimeOffset EndOf(ClipAnomaly anomaly, Dictionary<string, DateTimeOffset> clipEnds)
        {
            if (anomaly.To is { } end)
                return end;
            return anomaly.ClipId is { } clip && clipEnds.TryGetValue(clip, out var clipEnd) ? clipEnd : anomaly.From;
        }
    }

    internal sealed record Row(string ClipId, DateTimeOffset CapturedAt);
}
