using CsCheck;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class DeadLettersTests
{
    [Fact]
    public void An_id_is_positive_and_larger_than_any_of_an_earlier_millisecond() =>
        Gen.Long[0, 4_000_000_000_000].Sample(milliseconds =>
        {
            var first = DeadLetters.NewId(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
            return first >= 0 && first < DeadLetters.NewId(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds + 1));
        });
}
