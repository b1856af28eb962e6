using Siaga.Accounts;
using Siaga.Web;
using Wire = Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Accounts;

public sealed class WireRolesTests
{
    [Theory]
    [InlineData(Role.User, Wire.Role.User)]
    [InlineData(Role.CompanyAdmin, Wire.Role.CompanyAdmin)]
    [InlineData(Role.Superadmin, Wire.Role.Superadmin)]
    public void A_role_is_the_same_one_on_both_sides(Role role, Wire.Role wire)
    {
        Assert.Equal(wire, role.ToWire());
        Assert.Equal(role, wire.FromWire());
    }

    [Fact]
    public void Every_role_of_either_side_is_on_the_other()
    {
        Assert.All(Enum.GetValues<Role>(), role => Assert.Equal(role, role.ToWire().FromWire()));
        Assert.All(Enum.GetValues<Wire.Role>(), wire => Assert.Equal(wire, wire.FromWire().ToWire()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void What_is_no_role_does_not_become_one(int number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Role)number).ToWire());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Wire.Role)number).FromWire());
    }
}
