using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Section <c>Backend:Recordings</c>.</summary>
public sealed class RecordingsOptions
{
    public const string Section = "Backend:Recordings";

    /// <summary>How long a recording's URL is valid. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan UrlLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class RecordingsOptionsValidator : IValidateOptions<RecordingsOptions>;

/// <summary>Lists a camera's recordings between two times, oldest first; with <c>presign=1</c> each with a URL that plays.</summary>
internal static class ListRecordings
{
    private static readonly TimeSpan s_defaultRange = TimeSpan.FromDays(1);

    private static ListRecordingsResponse Example { get; } = new(
        "9",
        new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero),
        1,
        [
            new ListRecordingsItem(
                "7/9/2026/11/24/01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10_20261124T080000Z.mp4",
                1_048_576,
                null,
                "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
                new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 11, 24, 8, 0, 5, TimeSpan.Zero)),
        ]);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/cameras/{camera}/recordings", HandleAsync).HoldsSecret()
        .Describe(
            "Recordings",
            "List a camera's recordings, oldest first",
            "`camera` is an id or a stream key. Without times: the last day. Without a limit: 200.")
        .Reads(new QueryParameter("presign", ParameterKind.Text, "`1`: each with a URL that plays for some minutes.")
        {
            Values = ["1", "true", "0", "false"],
        })
        .Answers(200, Example, "A page; more are in the `Link` header.").AnswersHeader("Link", "The next page, as `<URL>; rel=\"next\"`.")
        .Fails(404, "camera_not_found");

    private static async Task<IResult> HandleAsync(string camera, Page page, TimeRange range, HttpContext context, Handler handler)
    {
        // Old clients ask for a range and show all of it, so a page without a limit is as long as pages get.
        var wanted = context.Request.Query.ContainsKey("limit") ? page : page with { Limit = Page.MaxLimit };
        return (await handler.RunAsync(camera, wanted, range, context)).ToHttp();
    }

    internal sealed class Handler(
        BackendDb db, ICameraRegistry cameras, RecordingLinks links, TimeProvider time)
    {
        public async Task<Result<ListRecordingsResponse>> RunAsync(string idOrStreamKey, Page page, TimeRange range, HttpContext context)
        {
            if (await cameras.FindAsync(idOrStreamKey, context.RequestAborted) is not { } camera)
                return new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");
            var to = range.To ?? time.GetUtcNow();
            var from = range.From ?? to - s_defaultRange;
            var rows = await Query(camera.Id, from, to, page).ToListAsync(context.RequestAborted);
            page.AddNextLink(context, rows, r => new PageMark(r.CapturedAt.UtcTicks, r.Id));
            var presign = context.Request.Query["presign"] is ["1" or "true"];
            if (presign)
                links.Issue(rows.Take(page.Limit));
            var items = rows.Take(page.Limit).Select(r => new ListRecordingsItem(
                r.StorageKey, r.Size, presign ? links.Of(context, r) : null, r.ClipId, r.CapturedAt, r.ReceivedAt)).ToArray();
            return new ListRecordingsResponse(camera.Id.ToString(CultureInfo.InvariantCulture), from, to, items.Length, items);
        }

        private IQueryable<Recording> Query(long cameraId, DateTimeOffset from, DateTimeOffset to, Page page)
        {
            var rows = db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == cameraId && r.CapturedAt >= from && r.CapturedAt < to);
            if (page.After is { } mark && mark.First <= DateTimeOffset.MaxValue.UtcTicks)
            {
                var after = new DateTimeOffset(mark.First, TimeSpan.Zero);

                // The first condition is redundant, but an index can begin there.
                rows = rows.Where(r => r.CapturedAt >= after && (r.CapturedAt > after || r.Id > mark.Second));
            }

            return rows.OrderBy(r => r.CapturedAt).ThenBy(r => r.Id).Take(page.Limit + 1);
        }
    }
}

/// <summary>URLs that play a recording for some minutes, and the audit of who received them.</summary>
internal sealed class RecordingLinks(IBlobStorage storage, PublicUrls addresses, IAccessLog log, IOptions<RecordingsOptions> options)
{
    public string Of(HttpContext context, Recording recording) => Of(context, recording.StorageKey);

    public string Of(HttpContext context, string storageKey) =>
        PublicUrls.Absolute(addresses.BaseOf(context), storage.CreateReadUrl(storageKey, options.Value.UrlLifetime));

    public void Issue(IEnumerable<Recording> recordings) => log.PageIssued("recordings", recordings.Select(r => (r.CompanyId, r.Id)));
}
