using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Unit.Hosting;

public sealed class HostConfigurationTests
{
    [Theory]
    [InlineData("Worker:Concurrency", null)]
    [InlineData("worker:concurrency", null)]
    [InlineData("Admin:Email", null)]
    [InlineData("admin:email", null)]
    [InlineData("Logging:LogLevel:Default", null)]
    [InlineData("Wroker:Concurrency", "Wroker")]
    [InlineData("Admin:Mail", "Admin:Mail")]
    public void An_unknown_setting_is_refused_by_its_name(string setting, string? named)
    {
        var refused = Record.Exception(() => HostConfiguration.RefuseUnknown(With(setting, "1")));
        Assert.Equal(named is null, refused is null);
        if (named is not null)
            Assert.StartsWith($"Unknown settings: {named}. ", refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", true)]
    [InlineData("json", true)]
    [InlineData("xml", false)]
    [InlineData("", false)]
    public void Logs_are_text_or_json(string format, bool isFine) => Assert.Equal(isFine, Record.Exception(() =>
        new ServiceCollection().AddLogging(logging => HostLogging.Configure(logging, With("Logging:Format", format)))) is null);

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("[::]", true)]
    [InlineData("::", true)]
    [InlineData("*", true)]
    [InlineData("+", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("siaga.example", false)]
    public void A_wildcard_is_every_address(string host, bool isEvery) => Assert.Equal(isEvery, ServiceHost.IsEveryAddress(host));

    private static IConfiguration With(string setting, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
}
