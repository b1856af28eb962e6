using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class PoliciesTests
{
    [Theory]
    [InlineData(Policies.Person, "user company_admin superadmin")]
    [InlineData(Policies.CompanyAdmin, "company_admin superadmin")]
    [InlineData(Policies.Superadmin, "superadmin")]
    [InlineData(Policies.Worker, "worker")]
    [InlineData(Policies.Ingestion, "ingestion")]
    public async Task A_policy_lets_its_roles_in_and_no_others(string policy, string roles)
    {
        var allowed = new List<string>();
        foreach (var role in (string[])["user", "company_admin", "superadmin", "worker", "ingestion", "visitor"])
        {
            if (await IsAllowedAsync(PrincipalOf(role), policy))
                allowed.Add(role);
        }

        Assert.Equal(roles, string.Join(' ', allowed));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task What_has_no_policy_is_for_people_but_routing_s_own_answers_are_for_all(bool isPerson, bool isRoute, bool isAllowed)
    {
        var user = isPerson
            ? new Caller(3, "a@b.example", 7, Role.User, "s1", DateTimeOffset.UnixEpoch).ToPrincipal()
            : PrincipalOf(Policies.Worker);
        var context = FakeRequest.To("/");
        context.SetEndpoint(isRoute
            ? new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/a"), 0, null, "a")
            : new Endpoint(null, null, "405"));
        Assert.Equal(isAllowed, await IsAllowedAsync(user, null, context));
    }

    private static ClaimsPrincipal PrincipalOf(string role) => new(new ClaimsIdentity([new Claim("role", role)], "test", "email", "role"));

    /// <param name="policy">Null: the one for endpoints without a policy.</param>
    private static async Task<bool> IsAllowedAsync(ClaimsPrincipal user, string? policy, HttpContext? context = null)
    {
        await using var services = new ServiceCollection().AddLogging().AddAuthorizationCore(Policies.Configure).BuildServiceProvider();
        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        var rules = (policy is null ? await policies.GetFallbackPolicyAsync() : await policies.GetPolicyAsync(policy))!;
        return (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, context, rules)).Succeeded;
    }
}
