namespace Siaga.Ports;

/// <summary>What other features may query about workers' reports.</summary>
public interface IWorkerActivity
{
    /// <summary>Every worker that has reported since then, whatever language it is written in.</summary>
    Task<IReadOnlyList<WorkerActivity>> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken);
}

/// <param name="Worker">The name that the worker reports.</param>
/// <param name="LastReportAt">Time of its newest report.</param>
/// <param name="Reports">Number of reports.</param>
public sealed record WorkerActivity(string Worker, DateTimeOffset LastReportAt, long Reports);
