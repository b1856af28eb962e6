using Siaga.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Swaps a refresh token for the next pair.</summary>
internal static class RefreshTokens
{
    internal sealed record Request(string RefreshToken);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/token/refresh", HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(Request request, CompanyScope scope, Sessions sessions, CancellationToken cancellationToken)
    {
        scope.SetAll("refreshing a token");
        return (await sessions.RefreshAsync(request.RefreshToken, cancellationToken)).ToHttp();
    }
}
