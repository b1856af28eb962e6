using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;

namespace Siaga.Cameras;

/// <summary>Lists the cameras in use, in the order of their ids, and shows one, archived or not.</summary>
internal static class ListCameras
{
    internal static ListCamerasItem Example { get; } = new(
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
