using Amazon.Runtime;

namespace Siaga.BlobStorage.S3;

/// <summary>The HTTP client under the library's client; the library keeps one and disposes it with itself.</summary>
internal sealed class S3HttpClientFactory(S3Options options) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new PlainHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = options.Timeout < TimeSpan.FromSeconds(5) ? options.Timeout : TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        ConnectCallback = options.Connect,
    }))
    {
        // S3Calls limits each try.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>
    /// Takes off a request what costs or tells too much, and off an answer what misleads. <c>Expect: 100-continue</c>: a part is small, and
    /// waiting for the server's permission costs each upload a round trip, or a second with servers that do not give it. The user agent
    /// describes the machine, with a variable of its environment. The tag of an object that is read: the library takes it for the MD5 of
    /// the bytes and fails the read when it is not, as with vendors that encrypt or name objects otherwise.
    /// </summary>
    private sealed class PlainHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = null;
            request.Headers.UserAgent.Clear();
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Get)
                response.Headers.Remove("ETag");
            return response;
        }
    }
}
