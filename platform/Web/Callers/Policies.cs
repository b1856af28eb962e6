using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Siaga.Web;

/// <summary>Names of the authorization policies. An endpoint without one requires <see cref="Person"/>.</summary>
public static class Policies
{
    /// <summary>Any signed-in person.</summary>
    public const string Person = "person";

    /// <summary>A company's admin or a superadmin.</summary>
    public const string CompanyAdmin = "company_admin";

    public const string Superadmin = "superadmin";

    /// <summary>An analysis worker, by the service token <c>ServiceTokens:Worker</c>.</summary>
    public const string Worker = "worker";

    /// <summary>Ingestion, by the service token <c>ServiceTokens:Ingestion</c>.</summary>
    public const string Ingestion = "ingestion";

    internal static void Configure(AuthorizationOptions options)
    {
        options.AddPolicy(Person, p => p.RequireRole(RoleNames.User, RoleNames.CompanyAdmin, RoleNames.Superadmin));
        options.AddPolicy(CompanyAdmin, p => p.RequireRole(RoleNames.CompanyAdmin, RoleNames.Superadmin));
        options.AddPolicy(Superadmin, p => p.RequireRole(RoleNames.Superadmin));
        options.AddPolicy(Worker, p => p.RequireRole(Worker));
        options.AddPolicy(Ingestion, p => p.RequireRole(Ingestion));
        options.DefaultPolicy = options.GetPolicy(Person)!;

        // Routing answers a wrong method or content type with its own endpoints, which have no policy; everyone may get those answers.
        options.FallbackPolicy = new AuthorizationPolicyBuilder()
            .RequireAssertion(
                c => Caller.Of(c.User) is not null || c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build();
    }
}
