using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Composition.Wiring;

/// <summary>A broker that is away is not a surprise: what it was to be told waits.</summary>
internal sealed class BrokerFailures : IFailureMapper
{
    public Error? Map(Exception exception) => exception is BrokerUnavailableException
        ? new Error(ErrorKind.Unavailable, BrokerUnavailableException.Code, "The broker does not answer now; try again later.")
        : null;
}
