using Siaga.Accounts;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Tests.Unit.Accounts;

public sealed class RoleRulesTests
{
    private const long InUse = 7;
    private const long Archived = 8;

    // None of these rules asks the database.
    private readonly RoleRules _rules = new(null!, new Companies());

    [Theory]
    [InlineData(Role.User, Role.User, null)]
    [InlineData(Role.CompanyAdmin, Role.User, null)]
    [InlineData(Role.CompanyAdmin, Role.CompanyAdmin, null)]
    [InlineData(Role.Superadmin, Role.CompanyAdmin, null)]
    [InlineData(Role.User, Role.CompanyAdmin, "role_above_own")]
    [InlineData(Role.CompanyAdmin, Role.Superadmin, "role_above_own")]
    [InlineData(Role.Superadmin, Role.Superadmin, "invitation_needed")]
    public async Task No_role_above_ones_own_is_given_and_superadmins_are_invited(Role own, Role given, string? code) =>
        Assert.Equal(code, (await _rules.CompanyForAsync(Caller(own, InUse), given, null, default)).Error?.Code);

    [Theory]
    [InlineData(null, InUse)]
    [InlineData(0L, InUse)]
    [InlineData(9L, 9)]
    public async Task Without_a_company_it_is_the_callers(long? asked, long company) =>
        Assert.Equal(company, (await _rules.CompanyForAsync(Caller(Role.CompanyAdmin, InUse), Role.User, asked, default)).Value);

    [Theory]
    [InlineData(0, "company_id_missing")]
    [InlineData(-1, "company_not_found")]
    [InlineData(Archived, "company_not_found")]
    [InlineData(InUse, null)]
    public async Task Only_a_company_in_use_gets_users(long company, string? code) =>
        Assert.Equal(code, (await _rules.ActiveCompanyAsync(company, default)).Error?.Code);

    [Fact]
    public async Task A_superadmin_says_whose_user_it_is() => Assert.Equal(
        "company_id_missing", (await _rules.CompanyForAsync(Caller(Role.Superadmin, 0), Role.User, null, default)).Error!.Code);

    [Fact]
    public async Task Superadmins_have_no_company_that_could_be_archived() =>
        Assert.Null(await _rules.RefuseArchivedAsync(User.NoCompany, default));

    [Fact]
    public async Task Who_is_no_superadmin_may_always_leave() => Assert.Null(await _rules.RefuseLastSuperadminAsync(
        new User { CompanyId = InUse, Email = "a@b", Role = Role.CompanyAdmin, PasswordHash = "", CreatedAt = default }, default));

    private static Caller Caller(Role role, long company) => new(3, "a@b", company, role, "s", DateTimeOffset.MaxValue);

    private sealed class Companies : ICompanyRegistry
    {
        public Task<bool> IsActiveAsync(long companyId, CancellationToken cancellationToken) =>
            Task.FromResult(companyId is > 0 and not Archived);

        public Task<CompanyRef?> FindAsync(long companyId, CancellationToken cancellationToken) => Task.FromResult<CompanyRef?>(null);
    }
}
