using Microsoft.Playwright;

namespace Siaga.Tests.Dashboard;

/// <summary>Scrolls a page's queue, and counts what its thread works for that: not when frames come, which the rest of the machine decides too.</summary>
internal sealed class Scrolling
{
    /// <summary>At a time.</summary>
    public const int Pixels = 400;

    private readonly IPage _page;
    private readonly ICDPSession _devtools;
    private double _begun;
    private int _scrolls;

    private Scrolling(IPage page, ICDPSession devtools) => (_page, _devtools) = (page, devtools);

    /// <summary>That were in the document at once.</summary>
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

    /// <summary>Once, down; from the top again where the list is over. Returns when two frames have been drawn.</summary>
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
    /// Of a scroll, in milliseconds; all that was done since the beginning shared out over all scrolls. Not the middle one's: some of what a scroll
    /// asks for is done after its two frames, now more and now less of it.
    /// </summary>
    public async Task<double> WorkAsync() => (await WorkedAsync() - _begun) / _scrolls;

    public Task<double> TopAsync() => _page.EvaluateAsync<double>("() => document.querySelector('.queue-list').scrollTop");

    private async Task<double> WorkedAsync() => await _devtools.MetricAsync("TaskDuration") * 1000;
}
