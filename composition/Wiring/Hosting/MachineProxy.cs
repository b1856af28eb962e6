using System.Net;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// The proxy of the environment (<c>HTTP_PROXY</c> and its like), for requests that leave the machine. .NET would also use it
/// for loopback: the services' calls to each other, with the tokens in them, would go to the proxy, which cannot answer them.
/// </summary>
internal sealed class MachineProxy(IWebProxy named) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => named.Credentials;
        set => named.Credentials = value;
    }

    /// <summary>Applies to every HTTP client that is made in this process from now on. Safe to repeat.</summary>
    public static void Use()
    {
        if (HttpClient.DefaultProxy is not MachineProxy)
            HttpClient.DefaultProxy = new MachineProxy(HttpClient.DefaultProxy);
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : named.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || named.IsBypassed(host);
}
