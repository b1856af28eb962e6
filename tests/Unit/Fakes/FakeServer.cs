using System.Net;
using System.Text;
using Siaga.Backend;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>A server that answers as it is told, without a network, and remembers what it was asked.</summary>
internal sealed class FakeServer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler, IHttpClientFactory
{
    /// <summary>Such as <c>GET /api/cameras?limit=2</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Of each request; empty: it had none.</summary>
    public List<string> Bodies { get; } = [];

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Empty(HttpStatusCode status) => new(status);

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

    /// <summary>The client of a service whose Backend is this server.</summary>
    public BackendClient ToBackend()
    {
        var address = new BackendAddress();
        address.Set(new Uri("http://backend/"));
        return new BackendClient(this, address, ("X-Token", "secret"), "backend");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        return answer(request);
    }
}
