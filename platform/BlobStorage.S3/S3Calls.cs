using System.Net;
using Amazon.Runtime;

namespace Siaga.BlobStorage.S3;

/// <summary>Sends requests: limits each try, repeats transient failures and translates failures into the port's exceptions.</summary>
/// <param name="timeout">Limit of one try, until the server's answer has begun (for an object) or is read (for anything else).</param>
/// <param name="tries">How many times a request is tried in total.</param>
internal sealed class S3Calls(TimeSpan timeout, int tries)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Sends a request. Repeating is safe: at worst a multipart upload is begun twice, and the one that is left is aborted at a later
    /// start.
    /// </summary>
    /// <param name="send">Sends the request, with a new body; called once a try.</param>
    /// <exception cref="StorageUnavailableException">The server does not answer, or refuses the request.</exception>
    /// <exception cref="StorageFullException">The server has no room.</exception>
    public async Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class => (await SendAsync(send, [], cancellationToken))!;

    /// <summary>Sends a request about something that may not exist: null when the server answers 404.</summary>
    /// <inheritdoc cref="SendAsync{T}(Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T?> FindAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class => SendAsync(send, [HttpStatusCode.NotFound], cancellationToken);

    /// <summary>Sends a request that the server may refuse: null when it answers with a status that the caller expects.</summary>
    /// <inheritdoc cref="SendAsync{T}(Func{CancellationToken, Task{T}}, CancellationToken)"/>
    public async Task<T?> SendAsync<T>(
        Func<CancellationToken, Task<T>> send, HttpStatusCode[] expected, CancellationToken cancellationToken)
        where T : class
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await SendOnceAsync(send, expected, cancellationToken);
            }
            catch (StorageUnavailableException e) when (e.IsTransient && tried < tries)
            {
                await Task.Delay(s_firstPause * Math.Pow(2, tried - 1) * (0.5 + Random.Shared.NextDouble()), cancellationToken);
            }
        }
    }

    private async Task<T?> SendOnceAsync<T>(
        Func<CancellationToken, Task<T>> send, HttpStatusCode[] expected, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await send(limit.Token);
        }
        catch (AmazonServiceException e) when (expected.Contains(e.StatusCode))
        {
            return null;
        }
        catch (Exception e) when (S3Failures.IsFailure(e))
        {
            // Whoever gave up hears nothing else, not even an error that arrived at that moment.
            cancellationToken.ThrowIfCancellationRequested();
            throw S3Failures.Translate(e);
        }
    }
}
