using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.BlobStorage;

/// <param name="Target">Path and query as they were sent.</param>
internal sealed record ScriptedRequest(string Method, string Target, IHeaderDictionary Headers, byte[] Body);

/// <summary>An answer of <see cref="ScriptedS3"/>. A body is XML unless it has another type.</summary>
internal sealed record ScriptedAnswer(int Status, string Body = "", string Type = "application/xml")
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Announces one byte more than there is, and waits instead of sending it.</summary>
    public bool Stalls { get; init; }

    /// <summary>An error in the form of S3.</summary>
    public static ScriptedAnswer Error(int status, string code, string message = "") =>
        new(status, $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
}

/// <summary>A server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class ScriptedS3 : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedS3(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it was asked so far, in the order of arrival.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = [];

    /// <summary>Settings for a storage on this server.</summary>
    public S3Options Options => new()
    {
        Endpoint = Address,
        Bucket = "clips",
        AccessKey = "configured-key",
        SecretKey = "configured-secret",
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <param name="answer">Answers a request, of which it is told how many came before it.</param>
    public static async Task<ScriptedS3> StartAsync(Func<ScriptedRequest, int, ScriptedAnswer> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedS3(builder.Build());
        server._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var request = new ScriptedRequest(
                context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)), body.ToArray());
            var before = server.Requests.Count;
            server.Requests.Enqueue(request);
            var given = answer(request, before);
            context.Response.StatusCode = given.Status;
            foreach (var (name, value) in given.Headers)
                context.Response.Headers[name] = value;
            if (given.Body.Length > 0)
            {
                context.Response.ContentType = given.Type;
                context.Response.ContentLength = given.Body.Length + (given.Stalls ? 1 : 0);
                await context.Response.WriteAsync(given.Body);
            }

            if (given.Stalls)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <param name="answers">The answers in order; the last one is repeated.</param>
    public static Task<ScriptedS3> StartAsync(params ScriptedAnswer[] answers) =>
        StartAsync((_, before) => answers[Math.Min(before, answers.Length - 1)]);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
