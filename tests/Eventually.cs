namespace Siaga.Tests;

/// <summary>Waits for conditions; tests do not sleep.</summary>
internal static class Eventually
{
    private const double MostOfTheWait = 0.1;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc cref="TrueAsync(string, Func{Task{bool}}, TimeSpan?)"/>
    public static Task TrueAsync(string condition, Func<bool> isTrue, TimeSpan? limit = null) =>
        TrueAsync(condition, () => Task.FromResult(isTrue()), limit);

    /// <summary>
    /// Waits for a condition and names it in the failure. A slow check runs less often, because checking costs time too.
    /// </summary>
    /// <param name="condition">The condition's name.</param>
    /// <param name="isTrue">Checks the condition.</param>
    /// <param name="limit">Default 30 seconds.</param>
    public static async Task TrueAsync(string condition, Func<Task<bool>> isTrue, TimeSpan? limit = null)
    {
        var most = limit ?? s_limit;
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < most, $"Not within {most}: {condition}");
            var pause = waited * MostOfTheWait;
            await Task.Delay(pause < s_shortest ? s_shortest : pause > s_longest ? s_longest : pause);
        }
    }
}
