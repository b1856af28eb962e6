using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Lists the cameras in use, in the order of their ids, and shows one, archived or not.</summary>
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
        /// <summary>Whether its clips arrive as usual.</summary>
        public CameraState State { get; init; }

        /// <summary>When its newest clip begins; absent before the first.</summary>
        public DateTimeOffset? LastClipAt { get; init; }

        /// <summary>Minutes of footage that the scene detector still needs; absent before its first version and once it is ready.</summary>
        public int? LearningMinutesLeft { get; init; }

        /// <summary>Path of its last picture; absent if there is none.</summary>
        public string? PictureUrl { get; init; }

        public static Item Of(Camera c, LiveUrls urls, CameraScene? scene, CameraFootage? footage) => new(
            c.Id, c.CompanyId, c.Name, c.Location, c.StreamKey, urls.Hls, urls.Rtsp, urls.Webrtc, c.TimeZone, c.CreatedAt, c.ArchivedAt,
            c.FalseAlarmsADay, scene)
        {
            State = footage?.State ?? CameraState.New,
            LastClipAt = footage?.LastClipAt,
            LearningMinutesLeft = MinutesLeft(scene),
            PictureUrl = footage?.HasPicture == true
                ? string.Create(CultureInfo.InvariantCulture, $"/api/cameras/{c.Id}/picture")
                : null,
        };

        /// <summary>Estimated from the share of the footage so far in which something moved.</summary>
        private static int? MinutesLeft(CameraScene? scene)
        {
            if (scene is null or { Version: 0 } or { State: CameraSceneState.Ready })
                return null;
            var seconds = scene.FootageNeededS - scene.FootageS;
            if (scene is { ActiveFrames: > 0, FootageS: > 0 })
                seconds = Math.Max(seconds, (scene.ActiveFramesNeeded - scene.ActiveFrames) * scene.FootageS / scene.ActiveFrames);
            return (int)Math.Clamp(Math.Ceiling(seconds / 60), 1, int.MaxValue);
        }
    }

    internal static Item Example { get; } = new(
        9, 7, "Gate", "North side", "cam9", "https://media.siaga.example:8888/cam9/index.m3u8", "rtsp://media.siaga.example:8554/cam9",
        "https://media.siaga.example:8889/cam9", "Asia/Jakarta", new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), null, 1,
        new CameraScene(CameraSceneState.Learning, 3, 720, 1800, 410, 1000, new DateTimeOffset(2026, 11, 24, 8, 12, 0, TimeSpan.Zero)))
    {
        State = CameraState.Delivering,
        LastClipAt = new DateTimeOffset(2026, 11, 24, 8, 12, 0, TimeSpan.Zero),
        LearningMinutesLeft = 18,
        PictureUrl = "/api/cameras/9/picture",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cameras", ListAsync).Describe("Cameras", "List the cameras in use").AnswersPage(Example);
        routes.MapGet("/api/cameras/{id:long}", GetAsync).Describe("Cameras", "Show a camera", "Archived ones too.")
            .Answers(200, Example).Fails(404, CameraRules.NotFound.Code).ShowsVersion();
    }

    private static async Task<IResult> ListAsync(
        Page page,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "company_id")] long? companyId,
        HttpContext context,
        BackendDb db,
        CameraItems items)
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

/// <summary>Builds the API's items: a camera with its live URLs, whether it delivers, and the state of its scene.</summary>
internal sealed class CameraItems(IOptions<CamerasOptions> options, IEnumerable<ICameraScenes> scenes, IEnumerable<ICameraFootage> footage)
{
    public async Task<ListCameras.Item> OfAsync(Camera camera, CancellationToken cancellationToken) =>
        (await OfAsync([camera], cancellationToken))[camera.Id];

    public async Task<IReadOnlyDictionary<long, ListCameras.Item>> OfAsync(
        IReadOnlyCollection<Camera> cameras, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, CameraScene>();
        var delivered = new Dictionary<long, CameraFootage>();
        var ids = cameras.Select(c => c.Id).ToList();
        foreach (var source in scenes)
        {
            foreach (var (camera, scene) in await source.OfAsync(ids, cancellationToken))
                known[camera] = scene;
        }

        foreach (var source in footage)
        {
            foreach (var (camera, state) in await source.OfAsync(ids, cancellationToken))
                delivered[camera] = state;
        }

        return cameras.ToDictionary(c => c.Id, c => ListCameras.Item.Of(
            c, options.Value.UrlsOf(c.StreamKey), known.GetValueOrDefault(c.Id), delivered.GetValueOrDefault(c.Id)));
    }
}
