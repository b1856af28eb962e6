using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>Ends the session of the request's token. Safe to repeat.</summary>
internal static class LogOut
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/logout", HandleAsync)
        .Describe("Sign-in", "End this session").Answers(204, "Ended; so are its tokens.");

    private static async Task<IResult> HandleAsync(Caller caller, Sessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(caller.SessionId, cancellationToken);
        return TypedResults.NoContent();
    }
}
