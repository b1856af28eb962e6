using CsCheck;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class EntityTagsTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("\"7\"", true)]
    [InlineData("*", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("\"6\"", false)]
    [InlineData("7", false)]
    [InlineData("W/\"7\"", false)]
    [InlineData("", false)]
    public void A_change_is_made_to_the_version_that_it_was_meant_for(string? wanted, bool isMade)
    {
        var context = FakeRequest.To("/");
        if (wanted is not null)
            context.Request.Headers.IfMatch = wanted;
        Assert.Equal(isMade ? null : "changed_meanwhile", EntityTags.Refuse(context, 7)?.Code);
    }

    [Fact]
    public void The_version_that_was_shown_is_the_only_one_that_is_accepted() =>
        Gen.Select(Gen.Long[0, 5], Gen.Long[0, 5]).Sample((shown, now) =>
        {
            var context = FakeRequest.To("/");
            EntityTags.Set(context, shown);
            context.Request.Headers.IfMatch = context.Response.Headers.ETag;
            return (EntityTags.Refuse(context, now) is null) == (shown == now);
        });
}
