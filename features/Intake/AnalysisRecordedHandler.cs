using Siaga.Primitives;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;

namespace Siaga.Intake;

/// <summary>Records in Ingestion's database what became of a clip.</summary>
/// <remarks>Deduplication key: the task. The same result writes the same row again.</remarks>
internal sealed class AnalysisRecordedHandler(IngestionDb db, CompanyScope scope) : IMessageHandler
{
    public async Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        AnalysisRecorded? result;
        try
        {
            result = JsonSerializer.Deserialize<AnalysisRecorded>(delivery.Body.Span, MessageJson.Options);
        }
        catch (JsonException e)
        {
            return HandlingResult.Reject("message_unreadable", e.Message);
        }

        if (result is null)
            return HandlingResult.Reject("message_unreadable", "The message is null.");
        scope.SetAll("recording an analysis result");
        var (state, reason, at) = (result.State == "failed" ? "failed" : "analysed", result.Reason, result.RecordedAt);
        await db.Set<Clip>().Where(c => c.TaskId == result.TaskId).ExecuteUpdateAsync(
            row => row
                .SetProperty(c => c.State, state)
                .SetProperty(c => c.Reason, reason)
                .SetProperty(c => c.AnalysedAt, at),
            cancellationToken);
        return HandlingResult.Done;
    }
}
