namespace Siaga.Tests.Backend;

internal static class Until
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    /// <summary>Waits for a condition, and says its name when it does not come.</summary>
    public static Task TrueAsync(string condition, Func<bool> isTrue) => TrueAsync(condition, () => Task.FromResult(isTrue()));

    /// <param name="condition">Its name.</param>
    /// <param name="isTrue">Whether it has come.</param>
    /// <param name="limit">Default 15 seconds.</param>
    public static async Task TrueAsync(string condition, Func<Task<bool>> isTrue, TimeSpan? limit = null)
    {
        var most = limit ?? s_limit;
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < most, $"Not within {most}: {condition}");
            await Task.Delay(10);
        }
    }
}
