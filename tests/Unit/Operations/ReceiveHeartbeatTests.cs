using Siaga.Messages;
using Siaga.Operations;

namespace Siaga.Tests.Unit.Operations;

public sealed class ReceiveHeartbeatTests
{
    [Theory]
    [InlineData(0, 1, 0, false)]
    [InlineData(1, 0, 0, true)]
    [InlineData(100, 100, 200, true)]
    [InlineData(101, 1, 0, false)]
    [InlineData(1, 101, 0, false)]
    [InlineData(1, 1, 201, false)]
    public void Its_texts_are_short_and_it_has_a_name(int name, int version, int status, bool isGood) => Assert.Equal(
        isGood,
        ReceiveHeartbeat.Check(new Heartbeat(new string('a', name), new string('1', version), true, new string('x', status)))
            is null);

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var error = ReceiveHeartbeat.Check(new Heartbeat("", new string('1', 101), true))!;
        Assert.Equal("heartbeat_invalid", error.Code);
        Assert.Contains("'name'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'version'", error.Message, StringComparison.Ordinal);
    }
}
