using System.Net;
using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;

namespace Siaga.BlobStorage.S3;

/// <summary>Translates what the library throws into the port's exceptions.</summary>
internal static class S3Failures
{
    /// <summary>
    /// Whether the exception is about the server or the way to it, and not a mistake in this process. The library lets those of its parsers
    /// through when it cannot read an answer.
    /// </summary>
    public static bool IsFailure(Exception exception) => exception
        is AmazonServiceException or AmazonClientException or HttpRequestException or SocketException or OperationCanceledException
        or XmlException or FormatException
        or (IOException and not StorageUnavailableException and not StorageFullException);

    public static IOException Translate(Exception exception) => exception switch
    {
        AmazonServiceException e when (int)e.StatusCode >= 300 => Translate(e.StatusCode, e.ErrorCode, SaidByServer(e), e),

        // An error under a success: S3 starts the answer to a long request before the work is done.
        AmazonServiceException { ErrorCode.Length: > 0 } e =>
            Translate(HttpStatusCode.InternalServerError, e.ErrorCode, e.Message, e),
        XmlException or FormatException or AmazonUnmarshallingException =>
            new StorageUnavailableException("The object storage's answer broke off or cannot be read.", exception),
        _ => new StorageUnavailableException("The object storage does not answer.", exception),
    };

    /// <summary>
    /// Translates an error answer. Wrong keys and a missing bucket count as unavailable too: an operator has to fix them, and until then
    /// retrying loses nothing.
    /// </summary>
    internal static IOException Translate(HttpStatusCode status, string? code, string message, Exception? inner = null)
    {
        var said = $"The object storage answers {(int)status} {code} {message}".TrimEnd();
        var reason = new IOException(said, inner);
        return status == HttpStatusCode.InsufficientStorage
            || code is "QuotaExceeded" or "XMinioStorageFull" or "InsufficientStorage" or "StorageFull"
            ? new StorageFullException("The object storage is full.", reason)
            : new StorageUnavailableException(said, reason) { IsTransient = IsTransient(status) };
    }

    /// <summary>
    /// Empty for an answer without an error of S3, to a HEAD or from a proxy: the library then takes the status for the code and makes up
    /// a message.
    /// </summary>
    private static string SaidByServer(AmazonServiceException e) => e.ErrorCode == e.StatusCode.ToString() ? "" : e.Message;

    private static bool IsTransient(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
