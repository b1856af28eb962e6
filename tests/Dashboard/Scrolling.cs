using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

/// <summary>
/// Scrolls a page's queue and measures the main thread's work for it. Frame times would also depend on the rest of the machine.
/// </summary>
internal sealed class Scrolling
{
    /// <summary>Distance of one scroll step.</summary>
    public const int Pixels = 400;

    private readonly IPage _page;
    private readonly ICDPSession _devtools;
    private double _begun;
    private int _scrolls;

    private Scrolling(IPage page, ICDPSession devtools) => (_page, _devtools) = (page, devtools);

    /// <summary>The most cards that were in the document at once.</summary>
    public int MostCards { get; private set; }

    public static async Task<Scrolling> BeginAsync(IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.setTimeDomain", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        await devtools.SendAsync("Performance.enable");
        var scrolling = new Scrolling(page, devtools);
        scrolling._begun = await scrolling.WorkedAsync();
        return scrolling;
    }

    /// <summary>Scrolls down one step, or to the top at the end of the list. Returns after two frames have been drawn.</summary>
    public async Task ScrollAsync()
    {
        await _page.BringToFrontAsync();
        MostCards = Math.Max(MostCards, await _page.EvaluateAsync<int>("""
            async pixels => {
              const list = document.querySelector('.queue-list');
              const end = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
              list.scrollTop = end ? 0 : list.scrollTop + pixels;
              await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
              return list.querySelectorAll('.card-row').length;
            }
            """, Pixels));
        _scrolls++;
    }

    /// <summary>
    /// Mean work of a scroll step in milliseconds. Not the median: some of the work that a step causes runs after its two frames, and how
    /// much of it varies.
    /// </summary>
    public async Task<double> WorkAsync() => (await WorkedAsync() - _begun) / _scrolls;

    public Task<double> TopAsync() => _page.EvaluateAsync<double>("() => document.querySelector('.queue-list').scrollTop");

    private async Task<double> WorkedAsync() => await _devtools.MetricAsync("TaskDuration") * 1000;
}
