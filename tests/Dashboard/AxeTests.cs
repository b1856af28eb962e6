namespace Siaga.Tests.Dashboard;

/// <summary>Proves that the accessibility check finds faults.</summary>
public sealed class AxeTests(TestHost host)
{
    [Fact]
    public async Task A_button_without_a_name_and_grey_on_grey_are_found()
    {
        await using var visit = await Visit.BeginAsync(host);
        await visit.Page.SetContentAsync("""
            <html lang="en"><title>Bad</title><main><h1>Bad</h1><button></button>
            <p style="color:#888;background:#777">Hard to read</p></main></html>
            """);
        var found = await Axe.LookAsync(visit.Page);
        Assert.Contains(
            found,
            f => f.StartsWith("button-name, ", StringComparison.Ordinal) && f.Contains("<button></button>", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("color-contrast, ", StringComparison.Ordinal));
    }
}
