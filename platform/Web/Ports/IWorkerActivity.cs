namespace Siaga.Web;

/// <summary>What features may ask about who analysed what.</summary>
public interface IWorkerActivity
{
    /// <summary>Every worker that reported since then, whatever its language.</summary>
    Task<IReadOnlyList<WorkerActivity>> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken);
}

/// <param name="Worker">As it calls itself.</param>
/// <param name="LastReportAt">Its newest report.</param>
/// <param name="Reports">How many.</param>
public sealed record WorkerActivity(string Worker, DateTimeOffset LastReportAt, long Reports);
