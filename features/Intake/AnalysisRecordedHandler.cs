using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Records in Ingestion's database what became of a clip.</summary>
/// <remarks>Deduplication key: the task. The same result writes the same row again.</remarks>
internal sealed class AnalysisRecordedHandler(IngestionDb db, CompanyScope scope) : IMessageHandler<AnalysisRecorded>
{
    public async Task<HandlingResult> HandleAsync(AnalysisRecorded message, CancellationToken cancellationToken)
    {
        scope.SetAll("recording an analysis result");
        var (state, reason, at) = (message.State == "failed" ? "failed" : "analysed", message.Reason, message.RecordedAt);
        await db.Set<Clip>().Where(c => c.TaskId == message.TaskId).ExecuteUpdateAsync(
            row => row
                .SetProperty(c => c.State, state)
                .SetProperty(c => c.Reason, reason)
                .SetProperty(c => c.AnalysedAt, at),
            cancellationToken);
        return HandlingResult.Done;
    }
}
