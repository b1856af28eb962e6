using Siaga.Primitives;

namespace Siaga.Web;

/// <summary>
/// Whether the services of this process are ready. Runs all checks in parallel, within two seconds. Callers that arrive while a run is in
/// progress share its result, so that many callers cost no more than one.
/// </summary>
public sealed class Readiness(IEnumerable<IReadiness> checks)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<IReadiness> _checks = [.. checks];
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<(string Service, Error? Error)>>? _looking;

    /// <param name="service">The service to check; null for all of this process.</param>
    /// <param name="cancellationToken">Stops waiting; the run itself goes on.</param>
    /// <returns>The first failure; null when ready.</returns>
    public async Task<Error?> CheckAsync(string? service, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<(string Service, Error? Error)>> looking;
        lock (_gate)
        {
            if (_looking is null or { IsCompleted: true })
                _looking = LookAsync();
            looking = _looking;
        }

        var found = await looking.WaitAsync(cancellationToken);
        return found.FirstOrDefault(f => f.Error is not null && (service is null || f.Service == service)).Error;
    }

    private async Task<IReadOnlyList<(string Service, Error? Error)>> LookAsync() =>
        await Task.WhenAll(_checks.Select(async check => (check.Service, await LookAtAsync(check))));

    private static async Task<Error?> LookAtAsync(IReadiness check)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            return await Task.Run(() => check.CheckAsync(limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception)
        {
            // The cause does not matter here: the service is not ready. Its owner logs the details.
            return new Error(ErrorKind.Unavailable, "not_ready", $"The {check.Service} cannot determine whether it is ready.");
        }
    }
}
