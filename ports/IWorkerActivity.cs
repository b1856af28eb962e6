namespace Siaga.Ports;

/// <summary>What other features may query about workers' reports.</summary>
public interface IWorkerActivity
{
    /// <summary>Every worker that has reported since then, whatever language it is written in, once for each company.</summary>
    Task<IReadOnlyList<WorkerActivity>> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken);
}

/// <param name="Worker">The name that the worker reports.</param>
/// <param name="CompanyId">The company of the clips; the worker may be its own, or one for all companies.</param>
/// <param name="LastReportAt">Time of its newest report.</param>
/// <param name="Reports">Number of reports.</param>
public sealed record WorkerActivity(string Worker, long CompanyId, DateTimeOffset LastReportAt, long Reports);
