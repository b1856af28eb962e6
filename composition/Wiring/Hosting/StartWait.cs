namespace Siaga.Composition.Wiring.Hosting;

/// <summary>At a start of everything at once, what a service needs may be the last to be there: it is waited for, and the operator hears of it.</summary>
internal static class StartWait
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    /// <summary>Does what a start does, again while it fails for what waiting may mend.</summary>
    /// <param name="start">May be repeated.</param>
    /// <param name="limit">How long it is waited for; zero: not at all.</param>
    /// <param name="mayPass">What a failure says to people where waiting may mend it; null: it is thrown at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">It still fails after <paramref name="limit"/>.</exception>
    public static async Task ForAsync(Func<Task> start, TimeSpan limit, Func<Exception, string?> mayPass, TimeProvider time, CancellationToken cancellationToken)
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
                    await Console.Error.WriteLineAsync($"{why.TrimEnd('.')}. Waiting for it.");
                await Task.Delay(s_pause, time, cancellationToken);
            }
        }
    }
}
