using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Operations;

/// <summary>Asks the broker on behalf of people, with a time limit. They get an error if the broker fails.</summary>
internal sealed partial class BrokerAdmin(IMessageBroker broker, IOutageLog outages, ILogger<BrokerAdmin> logger)
{
    private const string Work = "questions to the broker";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public static Error Unavailable { get; } = new(
        ErrorKind.Unavailable, "broker_unavailable", "The broker does not answer; try again later.");

    public static Error NotFound { get; } = new(ErrorKind.NotFound, "dead_letter_not_found", "There is no such dead letter.");

    public async Task<Result<T>> AskAsync<T>(HttpContext context, Func<IMessageBroker, CancellationToken, Task<T>> ask)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(s_limit);
        try
        {
            var answer = await ask(broker, limit.Token).WaitAsync(limit.Token);
            outages.Worked(Work);
            return answer;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // What the broker said is for the log.
            if (e is OperationCanceledException)
                outages.Failed(Unavailable.Code, Work, "No answer in time");
            else if (!outages.Expects(e, Work))
                LogFailure(e);
            return Unavailable;
        }
    }

    [LoggerMessage(2601, LogLevel.Warning, "The broker did not answer a request by a user")]
    private partial void LogFailure(Exception exception);
}
