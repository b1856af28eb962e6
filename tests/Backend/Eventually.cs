namespace Siaga.Tests.Backend;

/// <summary>As the other tests' <c>Eventually</c>, with a shorter limit, because everything runs in this process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    public static Task TrueAsync(string condition, Func<bool> isTrue) => Tests.Eventually.TrueAsync(condition, isTrue, s_limit);

    public static Task TrueAsync(string condition, Func<Task<bool>> isTrue, TimeSpan? limit = null) =>
        Tests.Eventually.TrueAsync(condition, isTrue, limit ?? s_limit);
}
