using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Cameras;

internal static class CreateCamera
{
    private static CreateCameraResponse Example { get; } = new(
        9, 9, "cam9", ListCameras.Example.HlsUrl, ListCameras.Example.RtspUrl, ListCameras.Example.WebrtcUrl);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/cameras", HandleAsync).RequireAuthorization(Policies.CompanyAdmin)
            .Describe("Cameras", "Create a camera", "Create its key next: `POST /api/cameras/{id}/keys`.")
            .Takes(new CreateCameraRequest("Gate") { Location = "North side", TimeZone = "Asia/Jakarta" })
            .Answers(201, Example, "Created.")
            .Fails(400, [.. CameraRules.FieldCodes, "company_id_missing"])
            .Fails(404, "company_not_found").Fails(409, CameraRules.StreamKeyTaken.Code).Repeatable();

    private static async Task<IResult> HandleAsync(
        CreateCameraRequest request, Caller caller, Handler handler, IOptions<CamerasOptions> options, CancellationToken cancellationToken)
    {
        var created = await handler.RunAsync(request, caller, cancellationToken);
        return created.ToHttp(camera =>
        {
            var urls = options.Value.UrlsOf(camera.StreamKey);
            return TypedResults.Created(
                $"/api/cameras/{camera.Id}",
                new CreateCameraResponse(camera.Id, camera.Id, camera.StreamKey, urls.Hls, urls.Rtsp, urls.Webrtc));
        });
    }

    internal sealed class Handler(BackendDb db, ICompanyRegistry companies, IAuditLog audit, TimeProvider time)
    {
        public async Task<Result<Camera>> RunAsync(CreateCameraRequest request, Caller caller, CancellationToken cancellationToken)
        {
            var companyId = request.CompanyId is null or 0 ? caller.CompanyId : request.CompanyId.Value;
            if (companyId == 0)
                return new Error(ErrorKind.Invalid, "company_id_missing", "'company_id' is required: the camera's company.");
            var camera = Read(request, companyId);
            return camera.IsOk ? await SaveAsync(camera.Value, chosen: camera.Value.StreamKey.Length > 0, cancellationToken) : camera;
        }

        private Result<Camera> Read(CreateCameraRequest request, long companyId)
        {
            var camera = new Camera
            {
                CompanyId = companyId,
                Name = "",
                TimeZone = CameraRules.DefaultTimeZone,
                StreamKey = "",
                CreatedAt = time.GetUtcNow(),
            };
            return CameraRules.Apply(request.Name, request.FalseAlarmsADay, request, camera) is { } error ? error : camera;
        }

        private async Task<Result<Camera>> SaveAsync(Camera camera, bool chosen, CancellationToken cancellationToken)
        {
            await using var transaction = await db.BeginInCompanyAsync(camera.CompanyId, cancellationToken);
            if (!await companies.IsActiveAsync(camera.CompanyId, cancellationToken))
                return new Error(ErrorKind.NotFound, "company_not_found", "There is no such company.");
            if (chosen && await IsTakenAsync(camera.StreamKey, cancellationToken))
                return CameraRules.StreamKeyTaken;

            // The default contains the id, which the database assigns: save with a unique placeholder first, then with the real key.
            if (!chosen)
                camera.StreamKey = $"new-{Guid.NewGuid():N}";
            db.Add(camera);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                if (!chosen)
                {
                    var key = $"cam{camera.Id}";
                    camera.StreamKey = await IsTakenAsync(key, cancellationToken)
                        ? $"{key}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}"
                        : key;
                }

                audit.Record(camera.CompanyId, "camera.created", $"cameras/{camera.Id}");
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (db.IsUniqueViolation(e))
            {
                return CameraRules.StreamKeyTaken;
            }

            await transaction.CommitAsync(cancellationToken);
            return camera;
        }

        // All companies share one media server, so their stream keys count too.
        private Task<bool> IsTakenAsync(string streamKey, CancellationToken cancellationToken) =>
            db.Set<Camera>().IgnoreQueryFilters().AnyAsync(c => c.StreamKey == streamKey && c.ArchivedAt == null, cancellationToken);
    }
}
