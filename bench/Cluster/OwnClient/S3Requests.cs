using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;

namespace Siaga.Bench.Cluster.OwnClient;

/// <param name="Key">The object's key; empty for the bucket itself.</param>
internal sealed record S3Request(HttpMethod Method, string Key)
{
    /// <summary>The escaped query string, without the question mark.</summary>
    public string Query { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The content type of the object that the request creates.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Status codes that the caller handles; every other one except success is thrown.</summary>
    public IReadOnlyCollection<HttpStatusCode> Understood { get; init; } = [HttpStatusCode.NotFound];
}

/// <summary>Sends S3 requests: signs them, retries transient failures and translates errors into the port's exceptions.</summary>
internal sealed class S3Requests : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    private readonly S3Options _options;
    private readonly TimeProvider _time;
    private readonly S3Signer _signer;
    private readonly HttpClient _client;

    public S3Requests(S3Options options, TimeProvider time)
    {
        (_options, _time, _signer) = (options, time, new S3Signer(options));
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.Timeout < TimeSpan.FromSeconds(5) ? options.Timeout : TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public string Bucket => _options.Bucket;

    /// <summary>Sends a request and retries transient failures. Safe because every request here is idempotent.</summary>
    /// <returns>A success, or one of the answers that the caller handles; the body is not read yet.</returns>
    /// <exception cref="StorageUnavailableException">The server does not answer, or refuses the request.</exception>
    /// <exception cref="StorageFullException">The server has no room.</exception>
    public async Task<HttpResponseMessage> SendAsync(S3Request request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await SendOnceAsync(request, cancellationToken);
            }
            catch (StorageUnavailableException e) when (e.IsTransient && tries < _options.Tries)
            {
                await Task.Delay(s_firstPause * Math.Pow(2, tries - 1) * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }
        }
    }

    /// <summary>Sends a request and reads the XML of the answer; null when the object or bucket is not found.</summary>
    public async Task<XElement?> AskAsync(S3Request request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadXmlAsync(response, cancellationToken);
    }

    /// <summary>The text of a child element, whatever XML namespace a vendor uses.</summary>
    public static string? Text(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

    public void Dispose() => _client.Dispose();

    private static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private async Task<HttpResponseMessage> SendOnceAsync(S3Request request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        using var message = MessageOf(request);
        try
        {
            var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (response.IsSuccessStatusCode || request.Understood.Contains(response.StatusCode))
                return response;
            using (response)
                throw await FailureAsync(response, limit.Token);
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException or OperationCanceledException
                or (IOException and not StorageUnavailableException and not StorageFullException)
                && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The object storage does not answer.", e);
        }
    }

    private HttpRequestMessage MessageOf(S3Request request)
    {
        var message = new HttpRequestMessage(request.Method, UriOf(_options.Endpoint, request.Key, request.Query))
        {
            Version = HttpVersion.Version11,
        };
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && request.Method != HttpMethod.Delete)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            if (request.ContentType is not null)
                message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        _signer.Sign(message, Convert.ToHexStringLower(SHA256.HashData(request.Body.Span)), _time.GetUtcNow());
        return message;
    }

    private Uri UriOf(Uri endpoint, string key, string query)
    {
        var root = endpoint.GetLeftPart(UriPartial.Authority);
        if (_options.VirtualHosted)
            root = $"{endpoint.Scheme}://{_options.Bucket}.{endpoint.Authority}";
        var path = _options.VirtualHosted ? $"/{key}" : $"/{_options.Bucket}{(key.Length > 0 ? "/" : "")}{key}";
        return new Uri($"{root}{path}{(query.Length > 0 ? "?" : "")}{query}");
    }

    private async Task<XElement> ReadXmlAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            using var reader = XmlReader.Create(
                body, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = 32 << 20 });
            return (await XDocument.LoadAsync(reader, LoadOptions.None, limit.Token)).Root ?? throw new XmlException("No element.");
        }
        catch (Exception e)
            when (e is XmlException or IOException or HttpRequestException or SocketException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The object storage's answer broke off or cannot be read.", e);
        }
    }

    private async Task<Exception> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (code, message) = ("", "");
        try
        {
            var error = await ReadXmlAsync(response, cancellationToken);
            (code, message) = (Text(error, "Code") ?? "", Text(error, "Message") ?? "");
        }
        catch (StorageUnavailableException)
        {
            // The body comes from a proxy in between and is no S3 error; the status is enough.
        }

        return Failure(response.StatusCode, code, message);
    }

    /// <summary>
    /// Translates an error answer. Wrong keys and a missing bucket count as unavailable too: an operator has to fix them, and until then
    /// retrying loses nothing.
    /// </summary>
    internal static IOException Failure(HttpStatusCode status, string code, string message)
    {
        var said = $"The object storage answers {(int)status} {code} {message}".TrimEnd();
        var inner = new IOException(said);
        return status == HttpStatusCode.InsufficientStorage
            || code is "QuotaExceeded" or "XMinioStorageFull" or "InsufficientStorage" or "StorageFull"
            ? new StorageFullException("The object storage is full.", inner)
            : new StorageUnavailableException(said, inner) { IsTransient = IsTransient(status) };
    }
}
