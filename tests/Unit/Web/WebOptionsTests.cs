using Microsoft.Extensions.Options;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class WebOptionsTests
{
    [Fact]
    public void One_setting_may_hold_several_values_or_none()
    {
        var options = new WebOptions
        {
            AllowedOrigins = ["https://a, https://b", "", "https://c"], TrustedProxies = ["10.0.0.1\t10.0.0.2\n"],
        };
        new WebOptionsLists().PostConfigure(null, options);
        Assert.Equal(["https://a", "https://b", "https://c"], options.AllowedOrigins);
        Assert.Equal(["10.0.0.1", "10.0.0.2"], options.TrustedProxies);
    }

    [Theory]
    [InlineData("10.42.0.0/16", true)]
    [InlineData("10.42.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("10.42.0.0/33", false)]
    [InlineData("proxy", false)]
    public void A_proxy_is_an_address_or_a_range(string proxy, bool isFine)
    {
        Assert.Equal(isFine, new IpAddressesAttribute().IsValid(new List<string> { "10.0.0.1", proxy }));
        Assert.False(new IpAddressesAttribute().IsValid(proxy));
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 2)]
    public async Task Each_unsafe_option_that_is_on_is_told_at_the_start(bool keyless, bool open, int lines)
    {
        var log = new HeardLog<CompatibilityWarnings>();
        var options = new CompatibilityOptions { KeylessIngestion = keyless, OpenRegistration = open };
        await new CompatibilityWarnings(Options.Create(options), log).StartAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Repeat(1004, lines), log.Events);
    }
}
