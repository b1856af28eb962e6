using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;

namespace Siaga.Cameras;

internal static class ListCameraKeys
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cameras/{id:long}/keys", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Camera keys", "List a camera's keys", "By their first characters, with their last use; revoked ones too.")
            .AnswersPage(new ListCameraKeysItem(
                31, "sck_7Yc0eXAM", ListCameras.Example.CreatedAt, ListCameras.Example.CreatedAt.AddHours(3), null))
            .Fails(404, CameraRules.NotFound.Code);

    private static async Task<IResult> HandleAsync(
        long id, Page page, HttpContext context, BackendDb db, CancellationToken cancellationToken)
    {
        if (!await db.Set<Camera>().AnyAsync(c => c.Id == id, cancellationToken))
            return CameraRules.NotFound.ToProblem();
        var after = page.After?.First ?? 0;
        var rows = await db.Set<CameraKey>().AsNoTracking()
            .Where(k => k.CameraId == id && k.Id > after)
            .OrderBy(k => k.Id).Take(page.Limit + 1)
            .ToListAsync(cancellationToken);
        return page.Answer(
            context, rows, k => new PageMark(k.Id), k => new ListCameraKeysItem(k.Id, k.Prefix, k.CreatedAt, k.LastUsedAt, k.RevokedAt));
    }
}
