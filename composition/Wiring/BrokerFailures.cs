using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Composition.Wiring;

/// <summary>Answers 503 while the broker is unavailable. Messages for it wait.</summary>
internal sealed class BrokerFailures : IFailureMapper
{
    public Error? Map(Exception exception) => exception is BrokerUnavailableException
        ? new Error(ErrorKind.Unavailable, BrokerUnavailableException.Code, "The broker does not answer; try again later.")
        : null;
}
