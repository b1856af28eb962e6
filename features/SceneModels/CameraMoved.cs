using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.SceneModels;

/// <summary>Tells listeners that a camera now shows another view, so that its scene detector learns anew.</summary>
internal sealed class CameraMoved(BackendDb db) : IEventRenderer
{
    public const string EventKind = "camera_moved";

    public string Kind => EventKind;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken)
    {
        var version = await db.Set<SceneVersion>().AsNoTracking().Where(v => v.CameraId == subjectId && v.MovedAt != null)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
        return version is null
            ? null
            : JsonSerializer.Serialize(
                new CameraMove(version.CameraId, version.CompanyId, version.ViewStart, version.MovedAt!.Value), WebJson.Options);
    }
}
