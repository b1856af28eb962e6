using Siaga.Accounts;

namespace Siaga.Tests.Unit.Accounts;

public sealed class InvitationTests
{
    [Fact]
    public void Every_secret_is_another_and_is_known_by_its_hash_alone()
    {
        var (one, other) = (Invitation.NewSecret(), Invitation.NewSecret());
        Assert.NotEqual(one, other);
        Assert.StartsWith("sinv_", one, StringComparison.Ordinal);
        Assert.Equal(Invitation.HashOf(one), Invitation.HashOf(one));
        Assert.NotEqual(Invitation.HashOf(one), Invitation.HashOf(other));
        Assert.Matches("^[0-9a-f]{64}$", Invitation.HashOf(one));
    }
}
