using Siaga.Telemetry;

namespace Siaga.Tests.Unit.Telemetry;

public sealed class MetricsTokenFileTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_file_the_token_stays_as_it_is(string? file) =>
        Assert.Equal("secret", Read(new TelemetryOptions { MetricsToken = "secret", MetricsTokenFile = file }).MetricsToken);

    [Fact]
    public void A_token_and_its_file_are_one_too_many() => Assert.Throws<InvalidOperationException>(
        () => Read(new TelemetryOptions { MetricsToken = "secret", MetricsTokenFile = "no such file" }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_file_counts_where_the_token_is_empty_and_one_that_is_missing_stops_the_start(string? token) =>
        Assert.Throws<FileNotFoundException>(() => Read(new TelemetryOptions { MetricsToken = token, MetricsTokenFile = "no such file" }));

    private static TelemetryOptions Read(TelemetryOptions options)
    {
        new MetricsTokenFile().PostConfigure(null, options);
        return options;
    }
}
