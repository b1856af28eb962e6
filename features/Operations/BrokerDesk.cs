using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Operations;

/// <summary>Asks the broker for people: within seconds, and whatever is wrong with it is an answer.</summary>
internal sealed partial class BrokerDesk(IMessageBroker broker, ILogger<BrokerDesk> logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public static Error Unavailable { get; } = new(ErrorKind.Unavailable, "broker_unavailable", "The broker does not answer now; try again later.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "dead_letter_not_found", "There is no such dead letter.");

    public async Task<Result<T>> AskAsync<T>(HttpContext context, Func<IMessageBroker, CancellationToken, Task<T>> ask)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(s_limit);
        try
        {
            return await ask(broker, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Each broker has its own exceptions for a server that is not there; what they say is for the log.
            LogFailure(e);
            return Unavailable;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker did not answer a person")]
    private partial void LogFailure(Exception exception);
}
