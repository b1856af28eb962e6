namespace Siaga.Tests.Backend;

/// <summary>The wait of all tests, with less patience: everything is in this process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    public static Task TrueAsync(string condition, Func<bool> isTrue) => Tests.Eventually.TrueAsync(condition, isTrue, s_limit);

    public static Task TrueAsync(string condition, Func<Task<bool>> isTrue, TimeSpan? limit = null) => Tests.Eventually.TrueAsync(condition, isTrue, limit ?? s_limit);
}
