using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Siaga.Messages;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Recordings;

/// <summary>
/// A worker reports all that it made of a clip besides its result, in one call after the report, so that nothing delays an alarm. Each part
/// goes to the feature that keeps it. Safe to repeat.
/// </summary>
internal static class StoreClipProducts
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/internal/cameras/{id:long}/products", HandleAsync)
        .RequireAuthorization(Policies.Worker).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        long id, Dictionary<string, JsonElement> products, [FromServices] IEnumerable<IClipProduct> parts,
        CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, ProductAnswer>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (products.TryGetValue(part.Part, out var product) && product.ValueKind != JsonValueKind.Null)
                answers[part.Part] = await TakeAsync(part, id, product, cancellationToken);
        }

        return TypedResults.Ok(answers);
    }

    internal static async Task<ProductAnswer> TakeAsync(
        IClipProduct part, long cameraId, JsonElement product, CancellationToken cancellationToken)
    {
        try
        {
            var taken = await part.TakeAsync(cameraId, product, cancellationToken);
            return taken.IsOk
                ? new ProductAnswer(StatusCodes.Status200OK, taken.Value)
                : new ProductAnswer(Problems.StatusOf(taken.Error.Kind));
        }
        catch (JsonException)
        {
            return new ProductAnswer(StatusCodes.Status400BadRequest);
        }
    }
}
