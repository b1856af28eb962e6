using Siaga.Accounts;
using Siaga.Web;

namespace Siaga.Tests.Unit.Accounts;

public sealed class ListUsersTests
{
    [Theory]
    [InlineData(7, 7)]
    [InlineData(User.NoCompany, 0)]
    public void Who_has_no_company_is_shown_with_the_company_0(long company, long shown) =>
        Assert.Equal(shown, ListUsers.ItemOf(Of(company)).CompanyId);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, null)]
    public void Only_an_account_that_waits_for_approval_says_so(bool waits, bool? shown) =>
        Assert.Equal(shown, ListUsers.ItemOf(Of(7, waits)).Pending);

    private static User Of(long company, bool waits = false) => new()
    {
        CompanyId = company, Email = "a@b", Role = Role.User, PasswordHash = "", CreatedAt = default, Pending = waits,
    };
}
