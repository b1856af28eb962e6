using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

internal static class DevTools
{
    /// <summary>
    /// One of the browser's performance metrics for a page, such as <c>JSHeapUsedSize</c> (bytes). Requires <c>Performance.enable</c>.
    /// </summary>
    public static async Task<double> MetricAsync(this ICDPSession devtools, string name) =>
        (await devtools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
        .Single(m => m.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
