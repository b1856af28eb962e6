using Siaga.Primitives;

namespace Siaga.Tests.Unit.Primitives;

public sealed class CompanyScopeTests
{
    [Fact]
    public void Until_it_is_set_nothing_is_seen()
    {
        var scope = new CompanyScope();
        Assert.Equal((0, false), (scope.CompanyId, scope.SeesAll));
    }

    [Fact]
    public void A_company_sees_its_own_rows_only()
    {
        var scope = new CompanyScope();
        scope.SetCompany(7);
        Assert.Equal((7, false), (scope.CompanyId, scope.SeesAll));
    }

    [Fact]
    public void The_system_sees_all_rows_for_a_reason()
    {
        var scope = new CompanyScope();
        Assert.Throws<ArgumentException>(() => scope.SetAll(" "));
        scope.SetAll("a message handler");
        Assert.True(scope.SeesAll);
    }

    [Fact]
    public void It_is_decided_once()
    {
        var scope = new CompanyScope();
        scope.SetCompany(7);
        Assert.Throws<InvalidOperationException>(() => scope.SetCompany(8));
        Assert.Throws<InvalidOperationException>(() => scope.SetAll("another reason"));
        Assert.Equal((7, false), (scope.CompanyId, scope.SeesAll));
    }
}
