using Siaga.BlobStorage;
using Siaga.Composition.Wiring;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Tests.Unit.Hosting;

public sealed class FailureMapperTests
{
    [Fact]
    public void A_broker_that_is_away_may_be_back_later()
    {
        var error = new BrokerFailures().Map(new BrokerUnavailableException("RabbitMQ at mq:5672 does not answer."));
        Assert.Equal((ErrorKind.Unavailable, "broker_unavailable"), (error!.Kind, error.Code));
        Assert.Null(new BrokerFailures().Map(new IOException()));
    }

    [Fact]
    public void A_storage_that_is_full_says_so_and_one_that_is_away_does_not_name_its_host()
    {
        var full = new StorageFailures().Map(new StorageFullException("The disk of the clip store is full.", new IOException()));
        Assert.Equal((ErrorKind.Unavailable, "storage_full"), (full!.Kind, full.Code));
        Assert.StartsWith("The disk of the clip store is full.", full.Message, StringComparison.Ordinal);
        var away = new StorageFailures().Map(new StorageUnavailableException("s3:9000 refuses key 7.", new IOException()));
        Assert.Equal((ErrorKind.Unavailable, "storage_unavailable"), (away!.Kind, away.Code));
        Assert.DoesNotContain("s3:9000", away.Message, StringComparison.Ordinal);
        Assert.Null(new StorageFailures().Map(new IOException()));
    }
}
