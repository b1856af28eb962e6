using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Primitives;

public sealed class OutageCausesTests
{
    [Fact]
    public void The_innermost_cause_and_what_it_affects_are_one_line() => Assert.Equal(
        "The broker mq:5672 is away. Connection refused",
        new IOException("Publishing failed.", new IOException("The broker mq:5672 is away.", new IOException("Connection refused.")))
            .InOneLine());

    [Fact]
    public void A_cause_that_is_said_already_is_not_said_twice() => Assert.Equal(
        "Connection refused (mq:5672)", new IOException("Connection refused (mq:5672)", new IOException("Connection refused")).InOneLine());

    [Fact]
    public void Only_the_first_line_counts() => Assert.Equal("First", new IOException("First.\r\nSecond.").InOneLine());

    [Theory]
    [InlineData(300, 300)]
    [InlineData(301, 301)]
    [InlineData(900, 301)]
    public void A_long_text_is_cut(int length, int told)
    {
        var line = new IOException(new string('a', length)).InOneLine();
        Assert.Equal(told, line.Length);
        Assert.Equal(length > 300, line.EndsWith('…'));
    }

    [Fact]
    public void A_failure_is_told_with_its_cause()
    {
        var outages = new FakeOutages();
        outages.Failed("storage_unavailable", "POST /ingest/video", new IOException("No route."));
        Assert.Equal(["storage_unavailable: POST /ingest/video"], outages.Failures);
    }
}
