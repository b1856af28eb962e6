using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class CallerScopeTests
{
    private static readonly ClaimsPrincipal s_person =
        new Caller(3, "a@b.example", 7, Role.User, "s1", DateTimeOffset.UnixEpoch).ToPrincipal();

    private static readonly ClaimsPrincipal s_worker = new WorkerCaller(8, "t1", DateTimeOffset.UnixEpoch).ToPrincipal();

    [Fact]
    public async Task A_person_and_a_company_s_worker_see_their_company()
    {
        Assert.Equal((7, false), await SeenByAsync(s_person));
        Assert.Equal((8, false), await SeenByAsync(s_worker));
    }

    [Fact]
    public async Task A_service_sees_all()
    {
        Assert.Equal((0, true), await SeenByAsync(ServiceOf(Policies.Worker)));
        Assert.Equal((0, true), await SeenByAsync(ServiceOf(Policies.Ingestion)));
    }

    [Fact]
    public async Task Another_caller_sees_nothing()
    {
        Assert.Equal((0, false), await SeenByAsync(ServiceOf("visitor")));
        Assert.Equal((0, false), await SeenByAsync(new ClaimsPrincipal()));
    }

    [Fact]
    public async Task An_anonymous_endpoint_and_none_at_all_leave_it_open()
    {
        var anonymous = new Endpoint(null, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "");
        Assert.Equal((0, false), await SeenByAsync(s_person, anonymous));
        Assert.Equal((0, false), await SeenByAsync(s_person, null));
    }

    private static ClaimsPrincipal ServiceOf(string role) => new(new ClaimsIdentity([new Claim("role", role)], "test", "email", "role"));

    private static Task<(long, bool)> SeenByAsync(ClaimsPrincipal user) => SeenByAsync(user, new Endpoint(null, null, ""));

    private static async Task<(long, bool)> SeenByAsync(ClaimsPrincipal user, Endpoint? endpoint)
    {
        var scope = new CompanyScope();
        var context = FakeRequest.To("/", services: s => s.AddSingleton(scope));
        context.User = user;
        context.SetEndpoint(endpoint);
        var wentOn = false;
        await CallerScope.ApplyAsync(context, _ =>
        {
            wentOn = true;
            return Task.CompletedTask;
        });
        Assert.True(wentOn);
        return (scope.CompanyId, scope.SeesAll);
    }
}
