using Microsoft.Extensions.Options;
using Siaga.Messaging;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Analysis;

/// <summary>
/// A worker is ready when it reaches the broker and has a detector. The Backend may be down: tasks are tried again.
/// </summary>
internal sealed class WorkerReadiness(IMessageBroker broker, ModelInUse model, IOptions<WorkerOptions> options) : IReadiness
{
    public string Service => "worker";

    public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
    {
        if (model.Model is null && !options.Value.Scene)
            return new Error(ErrorKind.Unavailable, "detector_missing", "The Worker has neither a model nor the scene detector.");
        try
        {
            await broker.GetQueuesAsync(cancellationToken).WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception)
        {
            return new Error(ErrorKind.Unavailable, "broker_unavailable", "The Worker cannot reach the broker.");
        }
    }
}
