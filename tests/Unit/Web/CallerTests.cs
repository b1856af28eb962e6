using System.Security.Claims;
using CsCheck;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class CallerTests
{
    private static readonly DateTimeOffset s_expiry = DateTimeOffset.FromUnixTimeSeconds(1_750_000_000);

    private static readonly Dictionary<string, string> s_claims = new(StringComparer.Ordinal)
    {
        ["role"] = "user", ["user_id"] = "3", ["email"] = "a@b.example", ["company_id"] = "7", ["sid"] = "s1", ["exp"] = "1750000000",
    };

    [Fact]
    public void A_caller_survives_the_way_through_claims() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue], Gen.Enum<Role>()).Sample((user, company, role) =>
        {
            var caller = new Caller(user, "a@b.example", company, role, "s1", s_expiry);
            return Caller.Of(caller.ToPrincipal()) == caller;
        });

    [Fact]
    public void Claims_name_a_person() =>
        Assert.Equal(new Caller(3, "a@b.example", 7, Role.User, "s1", s_expiry), Caller.Of(Principal(s_claims)));

    [Theory]
    [InlineData("role", "worker")]
    [InlineData("role", "User")]
    [InlineData("user_id", "-3")]
    [InlineData("user_id", "three")]
    [InlineData("company_id", "")]
    [InlineData("exp", "1e9")]
    [InlineData("sid", "")]
    public void One_claim_that_is_wrong_or_missing_names_none(string claim, string value)
    {
        Assert.Null(Caller.Of(Principal(new Dictionary<string, string>(s_claims, StringComparer.Ordinal) { [claim] = value })));
        Assert.Null(Caller.Of(Principal(s_claims.Where(c => c.Key != claim))));
    }

    [Fact]
    public void Only_a_superadmin_sees_the_rows_of_every_company()
    {
        Assert.Equal((7, false), ScopeOf(Role.User));
        Assert.Equal((7, false), ScopeOf(Role.CompanyAdmin));
        Assert.Equal((0, true), ScopeOf(Role.Superadmin));
    }

    [Fact]
    public void A_worker_of_one_company_survives_the_way_through_claims_and_is_no_person()
    {
        var worker = new WorkerCaller(7, "t1", s_expiry);
        Assert.Equal(worker, WorkerCaller.Of(worker.ToPrincipal()));
        Assert.Null(Caller.Of(worker.ToPrincipal()));
        Assert.Null(WorkerCaller.Of(Principal(s_claims)));
    }

    [Theory]
    [InlineData("company_id", "x")]
    [InlineData("exp", "x")]
    [InlineData("sid", "")]
    public void A_worker_lacks_nothing(string claim, string value)
    {
        var claims = new Dictionary<string, string>(s_claims, StringComparer.Ordinal) { ["role"] = Policies.Worker };
        Assert.NotNull(WorkerCaller.Of(Principal(claims)));
        claims[claim] = value;
        Assert.Null(WorkerCaller.Of(Principal(claims)));
    }

    [Fact]
    public void A_role_has_one_name()
    {
        Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(role, RoleNames.ToRole(role.ToName())));
        Assert.Equal(["user", "company_admin", "superadmin"], Enum.GetValues<Role>().Select(r => r.ToName()));
        Assert.Null(RoleNames.ToRole("admin"));
        Assert.Null(RoleNames.ToRole(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Role)3).ToName());
    }

    private static (long, bool) ScopeOf(Role role)
    {
        var scope = new CompanyScope();
        new Caller(3, "a@b.example", role == Role.Superadmin ? 0 : 7, role, "s1", s_expiry).Claim(scope);
        return (scope.CompanyId, scope.SeesAll);
    }

    private static ClaimsPrincipal Principal(IEnumerable<KeyValuePair<string, string>> claims) =>
        new(new ClaimsIdentity(claims.Select(c => new Claim(c.Key, c.Value)), "test"));
}
