namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// Waits for what a service needs: when everything starts at once, it may be the last to be ready. The operator is informed.
/// </summary>
internal static class StartWait
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs a step of a start, and repeats it while it fails for a reason that waiting may fix.</summary>
    /// <param name="start">May run several times.</param>
    /// <param name="limit">How long to wait; zero: not at all.</param>
    /// <param name="mayPass">The message for people if waiting may fix the failure; null: it is thrown at once.</param>
    /// <exception cref="InvalidOperationException">It still fails after <paramref name="limit"/>.</exception>
    public static async Task ForAsync(
        Func<Task> start, TimeSpan limit, Func<Exception, string?> mayPass, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var (began, said) = (time.GetTimestamp(), false); ; said = true)
        {
            try
            {
                await start();
                return;
            }
            catch (Exception e) when (mayPass(e) is { } why)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(began) >= limit)
                    throw new InvalidOperationException(why, e);
                if (!said)
                    await Console.Error.WriteLineAsync($"{why.TrimEnd('.')}. Waiting until it is available.");
                await Task.Delay(s_pause, time, cancellationToken);
            }
        }
    }
}
