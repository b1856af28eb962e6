using CsCheck;
using Siaga.Messaging;

namespace Siaga.Tests.Unit.Messaging;

public sealed class DeliveryTests
{
    [Fact]
    public void Each_delivery_before_this_one_failed_or_ended_with_the_process() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50]).Sample((failures, crashes) =>
            new Delivery("1", "work", default, null, 1 + failures + crashes, default, crashes).Failures == failures);
}
