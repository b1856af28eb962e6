using Microsoft.Extensions.Time.Testing;
using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class RoomAnswerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RoomAnswer _answer;

    public RoomAnswerTests() => _answer = new RoomAnswer(_time);

    [Fact]
    public void Nothing_is_believed_before_the_first_answer() => Assert.False(_answer.IsBelieved);

    [Theory]
    [InlineData(0, true)]
    [InlineData(9_999, true)]
    [InlineData(10_000, false)]
    public void That_there_is_room_is_believed_for_ten_seconds(int milliseconds, bool isBelieved)
    {
        _answer.Was(true);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(isBelieved, _answer.IsBelieved);
    }

    [Fact]
    public void That_there_is_none_is_never_believed()
    {
        _answer.Was(true);
        _answer.Was(false);
        Assert.False(_answer.IsBelieved);
    }
}
