using Microsoft.AspNetCore.Http.Metadata;

namespace Siaga.Web;

/// <summary>An answer of an endpoint, with one as it might come.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Body">The body's type; null: none.</param>
/// <param name="Example">An answer; null: none is shown.</param>
/// <param name="MediaType">The body's.</param>
/// <param name="About">One sentence.</param>
public sealed record AnswerMetadata(int Status, Type? Body, object? Example, string MediaType, string About) : IProducesResponseTypeMetadata
{
    public Type? Type => Body ?? typeof(void);

    public int StatusCode => Status;

    public IEnumerable<string> ContentTypes => Body is null ? [] : [MediaType];
}

/// <summary>A header of a successful answer.</summary>
public sealed record AnswerHeader(string Name, string About);

/// <summary>A body as a client might send it.</summary>
/// <param name="Body">Its type.</param>
/// <param name="Example">One.</param>
/// <param name="MediaTypes">As which it may come; empty: JSON, as the handler's own parameter says.</param>
public sealed record RequestMetadata(Type Body, object? Example, IReadOnlyList<string> MediaTypes);

/// <summary>A failure that this endpoint has beyond those that follow from its kind.</summary>
/// <param name="Status">Such as 409.</param>
/// <param name="Codes">What programs compare.</param>
public sealed record FailureMetadata(int Status, IReadOnlyList<string> Codes);

/// <summary>Parameters that the handler reads from the request by itself.</summary>
public sealed record ParametersMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>How somebody who is not a person proves who they are: a camera, a worker, Ingestion.</summary>
/// <param name="Schemes">Names of the document's security schemes; any one is enough.</param>
public sealed record SecurityMetadata(IReadOnlyList<string> Schemes)
{
    public const string Person = "person";
    public const string CameraKey = "camera_key";
    public const string CameraBearer = "camera_bearer";
    public const string WorkerToken = "worker_token";
    public const string WorkerBearer = "worker_bearer";
}
