using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

/// <summary>
/// Runs axe (axe-core, Deque) on a page. It is injected into the page once per load: the official wrapper, which also checks frames, opens
/// a page of its own for each run, and our pages have no frames.
/// </summary>
internal static class Axe
{
    private static readonly Lazy<string> s_script = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>Serious and critical violations, each with the first elements that cause it.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(s_script.Value);
        var violations = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations");
        return
        [
            .. violations.EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical").Select(v =>
                $"{v.GetProperty("id")}, {v.GetProperty("help")}: "
                + $"{string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("html")))}"),
        ];
    }
}
