using Siaga.Primitives;

namespace Siaga.Tests.Unit.Primitives;

public sealed class ResultTests
{
    private static readonly Error s_error = new(ErrorKind.Conflict, "taken", "It is taken.");

    [Fact]
    public void A_value_is_a_success_without_an_error()
    {
        Result<int> result = 7;
        Assert.True(result.IsOk);
        Assert.Null(result.Error);
        Assert.Equal(7, result.Value);
    }

    [Fact]
    public void The_value_of_a_failure_is_a_bug_that_says_what_failed()
    {
        Result<int> result = s_error;
        Assert.False(result.IsOk);
        Assert.Same(s_error, result.Error);
        Assert.Equal("No value: taken: It is taken.", Assert.Throws<InvalidOperationException>(() => result.Value).Message);
    }

    [Fact]
    public void Nothing_may_be_a_value_too() => Assert.True(((Result<string?>)(string?)null).IsOk);
}
