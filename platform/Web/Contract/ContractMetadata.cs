using Microsoft.AspNetCore.Http.Metadata;

namespace Siaga.Web;

/// <summary>A response of an endpoint, with an example.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Body">The body's type; null for none.</param>
/// <param name="Example">An example of the body; null to show none.</param>
/// <param name="MediaType">The body's media type.</param>
/// <param name="About">One sentence.</param>
public sealed record AnswerMetadata(int Status, Type? Body, object? Example, string MediaType, string About) : IProducesResponseTypeMetadata
{
    public Type? Type => Body ?? typeof(void);

    public int StatusCode => Status;

    public IEnumerable<string> ContentTypes => Body is null ? [] : [MediaType];
}

/// <summary>A header of a successful response.</summary>
public sealed record AnswerHeader(string Name, string About);

/// <summary>A request body, with an example.</summary>
/// <param name="MediaTypes">Accepted media types; empty when JSON is bound by the handler's own parameter.</param>
public sealed record RequestMetadata(Type Body, object? Example, IReadOnlyList<string> MediaTypes);

/// <summary>A failure of this endpoint, in addition to those that follow from its kind.</summary>
/// <param name="Status">Such as 409.</param>
/// <param name="Codes">The codes that clients compare.</param>
public sealed record FailureMetadata(int Status, IReadOnlyList<string> Codes);

/// <summary>Parameters that the handler reads from the request by itself.</summary>
public sealed record ParametersMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>How callers other than people authenticate: a camera, a worker, Ingestion.</summary>
/// <param name="Schemes">Names of the document's security schemes; any one is sufficient.</param>
public sealed record SecurityMetadata(IReadOnlyList<string> Schemes)
{
    public const string Person = "person";
    public const string CameraKey = "camera_key";
    public const string CameraBearer = "camera_bearer";
    public const string WorkerToken = "worker_token";
    public const string WorkerBearer = "worker_bearer";
}
