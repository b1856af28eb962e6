namespace Siaga.Tests.Backend;

internal static class Until
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    /// <summary>Waits for a condition, and says its name when it does not come.</summary>
    public static Task TrueAsync(string condition, Func<bool> isTrue) => TrueAsync(condition, () => Task.FromResult(isTrue()));

    /// <summary>Waits for a condition, and says its name when it does not come.</summary>
    public static async Task TrueAsync(string condition, Func<Task<bool>> isTrue)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_limit, $"Not within {s_limit}: {condition}");
            await Task.Delay(10);
        }
    }
}
