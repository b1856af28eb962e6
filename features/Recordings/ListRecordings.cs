using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>Section <c>Backend:Recordings</c>.</summary>
public sealed class RecordingsOptions
{
    public const string Section = "Backend:Recordings";

    /// <summary>How long a recording's URL works. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan UrlLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class RecordingsOptionsValidator : IValidateOptions<RecordingsOptions>;

/// <summary>A camera's recordings between two times, oldest first; with <c>presign=1</c> each with a URL that plays.</summary>
internal static class ListRecordings
{
    private static readonly TimeSpan s_defaultRange = TimeSpan.FromDays(1);

    internal sealed record Item(string Key, long Size, string? Url, string ClipId, DateTimeOffset CapturedAt, DateTimeOffset ReceivedAt);

    /// <param name="CameraId">Text, since a stream key may have been asked for.</param>
    /// <param name="From">Included.</param>
    /// <param name="To">Excluded.</param>
    /// <param name="Count">Items in this answer; more pages are in the <c>Link</c> header.</param>
    /// <param name="Items">Oldest first.</param>
    internal sealed record Response(string CameraId, DateTimeOffset From, DateTimeOffset To, int Count, IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/cameras/{camera}/recordings", HandleAsync);

    private static async Task<IResult> HandleAsync(string camera, Page page, TimeRange range, HttpContext context, Reading reading)
    {
        // Clients of old ask for a range and show all of it, so a page without a limit is as long as pages get.
        var wanted = context.Request.Query.ContainsKey("limit") ? page : page with { Limit = Page.MaxLimit };
        return (await reading.RunAsync(camera, wanted, range, context)).ToHttp();
    }

    internal sealed class Reading(
        BackendDb db, ICameraRegistry cameras, IBlobStorage storage, PublicUrls addresses, IOptions<RecordingsOptions> options, TimeProvider time)
    {
        public async Task<Result<Response>> RunAsync(string idOrStreamKey, Page page, TimeRange range, HttpContext context)
        {
            if (await cameras.FindAsync(idOrStreamKey, context.RequestAborted) is not { } camera)
                return new Error(ErrorKind.NotFound, "camera_not_found", "There is no such camera.");
            var to = range.To ?? time.GetUtcNow();
            var from = range.From ?? to - s_defaultRange;
            var rows = await Query(camera.Id, from, to, page).ToListAsync(context.RequestAborted);
            page.AddNextLink(context, rows, r => new PageMark(r.CapturedAt.UtcTicks, r.Id));
            var presign = context.Request.Query["presign"] is ["1" or "true"];
            var publicBase = addresses.BaseOf(context);
            var items = rows.Take(page.Limit).Select(r => new Item(
                r.StorageKey, r.Size, presign ? UrlOf(r, publicBase) : null, r.ClipId, r.CapturedAt, r.ReceivedAt)).ToArray();
            return new Response(camera.Id.ToString(CultureInfo.InvariantCulture), from, to, items.Length, items);
        }

        private IQueryable<Recording> Query(long cameraId, DateTimeOffset from, DateTimeOffset to, Page page)
        {
            var rows = db.Set<Recording>().AsNoTracking().Where(r => r.CameraId == cameraId && r.CapturedAt >= from && r.CapturedAt < to);
            if (page.After is { } mark && mark.First <= DateTimeOffset.MaxValue.UtcTicks)
            {
                var after = new DateTimeOffset(mark.First, TimeSpan.Zero);

                // The first condition says nothing new, but an index can begin there.
                rows = rows.Where(r => r.CapturedAt >= after && (r.CapturedAt > after || r.Id > mark.Second));
            }

            return rows.OrderBy(r => r.CapturedAt).ThenBy(r => r.Id).Take(page.Limit + 1);
        }

        private string UrlOf(Recording recording, string publicBase) =>
            PublicUrls.Absolute(publicBase, storage.CreateReadUrl(recording.StorageKey, options.Value.UrlLifetime));
    }
}
