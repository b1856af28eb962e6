using System.Net;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Unit.Hosting;

public sealed class MachineProxyTests
{
    private readonly MachineProxy _proxy = new(new Named());

    [Theory]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://inside.example/", true)]
    [InlineData("http://outside.example/", false)]
    public void Requests_that_stay_on_the_machine_and_those_that_are_excepted_go_directly(string address, bool goesDirectly)
    {
        Assert.Equal(goesDirectly, _proxy.IsBypassed(new Uri(address)));
        Assert.Equal(goesDirectly ? null : new Uri("http://proxy/"), _proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Its_credentials_are_those_of_the_proxy()
    {
        var credentials = new NetworkCredential("a", "b");
        _proxy.Credentials = credentials;
        Assert.Same(credentials, _proxy.Credentials);
    }

    private sealed class Named : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => new("http://proxy/");

        public bool IsBypassed(Uri host) => host.Host == "inside.example";
    }
}
