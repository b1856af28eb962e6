using Siaga.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Exchanges a refresh token for the next pair of tokens.</summary>
internal static class RefreshTokens
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/token/refresh", HandleAsync).AllowAnonymous().HoldsSecret()
        .Describe(
            "Sign-in",
            "Exchange a refresh token for the next pair",
            "A refresh token works once; using it again ends the session that it belongs to.")
        .Takes(new RefreshTokensRequest("q3pX0-Jb5yQ"))
        .Answers(200, new TokenPair(LogIn.Example.Token, "Zk9_4mTq0fA", LogIn.Example.ExpiresAt), "The next pair.")
        .Fails(401, "refresh_token_invalid");

    private static async Task<IResult> HandleAsync(
        RefreshTokensRequest request, CompanyScope scope, Sessions sessions, CancellationToken cancellationToken)
    {
        scope.SetAll("refreshing a token");
        return (await sessions.RefreshAsync(request.RefreshToken, cancellationToken)).ToHttp();
    }
}
