using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>The cameras in use, by number; and one, archived or not.</summary>
internal static class ListCameras
{
    internal sealed record Item(
        long Id,
        long CompanyId,
        string Name,
        string? Location,
        string StreamKey,
        string HlsUrl,
        string RtspUrl,
        string WebrtcUrl,
        string TimeZone,
        DateTimeOffset CreatedAt,
        DateTimeOffset? ArchivedAt,
        double FalseAlarmsADay,
        CameraScene? Scene)
    {
        public static Item Of(Camera c, LiveUrls urls, CameraScene? scene) => new(
            c.Id, c.CompanyId, c.Name, c.Location, c.StreamKey, urls.Hls, urls.Rtsp, urls.Webrtc, c.TimeZone, c.CreatedAt, c.ArchivedAt,
            c.FalseAlarmsADay, scene);
    }

    internal static Item Example { get; } = new(
        9, 7, "Gate", "North side", "cam9", "https://media.siaga.example:8888/cam9/index.m3u8", "rtsp://media.siaga.example:8554/cam9",
        "https://media.siaga.example:8889/cam9", "Asia/Jakarta", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), null, 1,
        new CameraScene(CameraSceneState.Learning, 3, 720, 1800, 410, 1000, new DateTimeOffset(2026, 11, 24, 8, 12, 0, TimeSpan.Zero)));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cameras", ListAsync).Describe("Cameras", "List the cameras in use").AnswersPage(Example);
        routes.MapGet("/api/cameras/{id:long}", GetAsync).Describe("Cameras", "Show a camera", "Archived ones too.")
            .Answers(200, Example).Fails(404, CameraRules.NotFound.Code).ShowsVersion();
    }

    private static async Task<IResult> ListAsync(
        Page page, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "company_id")] long? companyId, HttpContext context, BackendDb db, CameraItems items)
    {
        var after = page.After?.First ?? 0;
        var rows = await db.Set<Camera>().AsNoTracking()
            .Where(c => c.ArchivedAt == null && c.Id > after && (companyId == null || c.CompanyId == companyId))
            .OrderBy(c => c.Id).Take(page.Limit + 1)
            .ToListAsync(context.RequestAborted);
        var shown = await items.OfAsync(rows, context.RequestAborted);
        return page.Answer(context, rows, c => new PageMark(c.Id), c => shown[c.Id]);
    }

    private static async Task<IResult> GetAsync(long id, HttpContext context, BackendDb db, CameraItems items)
    {
        var camera = await db.Set<Camera>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, context.RequestAborted);
        if (camera is null)
            return CameraRules.NotFound.ToProblem();
        EntityTags.Set(context, camera.Version);
        return TypedResults.Ok(await items.OfAsync(camera, context.RequestAborted));
    }
}

/// <summary>Cameras as people are answered: where each can be watched, and what the scene detector knows of it.</summary>
internal sealed class CameraItems(IOptions<CamerasOptions> options, IEnumerable<ICameraScenes> scenes)
{
    public async Task<ListCameras.Item> OfAsync(Camera camera, CancellationToken cancellationToken) =>
        (await OfAsync([camera], cancellationToken))[camera.Id];

    public async Task<IReadOnlyDictionary<long, ListCameras.Item>> OfAsync(IReadOnlyCollection<Camera> cameras, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, CameraScene>();
        foreach (var source in scenes)
        {
            foreach (var (camera, scene) in await source.OfAsync([.. cameras.Select(c => c.Id)], cancellationToken))
                known[camera] = scene;
        }

        return cameras.ToDictionary(c => c.Id, c => ListCameras.Item.Of(c, options.Value.UrlsOf(c.StreamKey), known.GetValueOrDefault(c.Id)));
    }
}
