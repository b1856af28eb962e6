using Microsoft.Extensions.Logging.Abstractions;
using Siaga.Messaging.RabbitMq;
using Siaga.Tests.Servers;

namespace Siaga.Tests.Messaging.RabbitMq;

/// <summary>The broker compliance tests for RabbitMQ.</summary>
public sealed class RabbitMqBrokerTests : BrokerCompliance
{
    private readonly string _prefix = $"t{Guid.NewGuid():N}.";

    protected override bool TakesAnIdOnce => false;

    protected override async Task<OpenBroker> OpenAsync()
    {
        var server = await KeptServer.RabbitAsync();
        var broker = new RabbitMqBroker(
            new RabbitMqOptions { Url = server.Address, Prefix = _prefix }, Topology, TimeProvider.System, new QuietOutages(),
            NullLogger<RabbitMqBroker>.Instance);
        return new OpenBroker(broker, broker, broker.DisposeAsync);
    }
}
