namespace Siaga.Tests.Siaga;

internal static class Until
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a condition, and says its name when it does not come.</summary>
    public static async Task TrueAsync(string condition, Func<Task<bool>> isTrue, TimeSpan? limit = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < (limit ?? s_limit), $"Not within {limit ?? s_limit}: {condition}");
            await Task.Delay(20);
        }
    }
}
