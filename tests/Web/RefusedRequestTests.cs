using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Siaga.BlobStorage;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Tests.Web;

/// <summary>What failing requests leave in the log: little for expected failures, everything for surprises.</summary>
public sealed class RefusedRequestTests : IAsyncLifetime
{
    private const int Uploads = 500;

    private readonly HeardLog _heard = new();
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;
    private volatile bool _away = true;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(_heard).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Auth:SigningKey"] = Convert.ToBase64String(Enumerable.Range(1, 48).Select(i => (byte)(i * 37)).ToArray());
        builder.Configuration["ServiceTokens:Worker"] = "worker-token-for-the-tests-only";
        builder.Configuration["ServiceTokens:Ingestion"] = "ingestion-token-for-the-tests-only";
        builder.Services.AddSiagaWeb(builder.Configuration);
        builder.Services.AddSingleton<IFailureMapper, Mapper>();
        _app = builder.Build();
        _app.UseSiagaWeb();
        _app.MapPost("/uploads/{id}", Upload).AllowAnonymous();
        _app.MapGet("/clips/{id}", BreakOffAsync).AllowAnonymous();
        _app.MapGet("/surprise", Surprise).AllowAnonymous();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Five_hundred_uploads_refused_by_a_storage_that_is_down_are_one_line_of_less_than_two_kilobytes()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Uploads), async (i, token) =>
        {
            using var refused = await _client.PostAsync(new Uri($"/uploads/{i}", UriKind.Relative), null, token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        });
        var line = Assert.Single(_heard.Lines);
        Assert.Null(line.Exception);
        Assert.StartsWith(
            "storage_unavailable: POST /uploads/{id} failed: The object storage does not answer. Connection refused", line.Text,
            StringComparison.Ordinal);
        Assert.True(Encoding.UTF8.GetByteCount(line.Text) < 2048);
        _away = false;
        using var taken = await _client.PostAsync(new Uri("/uploads/1", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_storage_that_breaks_off_in_the_middle_of_an_answer_is_one_line_and_the_answer_is_seen_to_be_broken()
    {
        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => _client.GetByteArrayAsync(new Uri($"/clips/{i}", UriKind.Relative)));
        Assert.StartsWith("storage_unavailable: GET /clips/{id} failed", Assert.Single(_heard.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_surprise_keeps_its_stack_trace_each_time()
    {
        for (var i = 0; i < 2; i++)
        {
            using var answer = await _client.GetAsync(new Uri("/surprise", UriKind.Relative));
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        Assert.Equal(2, _heard.Lines.Count);
        Assert.All(_heard.Lines, l => Assert.Contains(nameof(Surprise), l.Exception!.ToString(), StringComparison.Ordinal));
    }

    private static StorageUnavailableException Away() => new("The object storage does not answer.", new IOException("Connection refused"));

    private static IResult Surprise() => throw new InvalidOperationException("No one expected this.");

    private static async Task BreakOffAsync(HttpContext context)
    {
        await context.Response.Body.WriteAsync(new byte[10_000]);
        await context.Response.Body.FlushAsync();
        throw Away();
    }

    private IResult Upload() => _away ? throw Away() : TypedResults.Ok();

    private sealed class Mapper : IFailureMapper
    {
        public Error? Map(Exception exception) => exception is StorageUnavailableException
            ? new Error(ErrorKind.Unavailable, "storage_unavailable", "The clip store does not answer.")
            : null;
    }
}
