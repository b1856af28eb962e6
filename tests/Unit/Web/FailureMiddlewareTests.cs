using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class FailureMiddlewareTests
{
    private readonly DefaultHttpContext _context = FakeRequest.To("/api/cameras/7");
    private readonly FakeOutages _outages = new() { Expected = e => e is IOException };
    private readonly HeardLog<FailureMiddleware> _log = new();

    public FailureMiddlewareTests() => _context.SetEndpoint(
        new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/cameras/{id}"), 0, null, null));

    public static TheoryData<Exception, int, string> Exceptions => new()
    {
        { new BadHttpRequestException("'limit' is a number."), 400, "bad_request" },
        { new BadHttpRequestException("", 413), 413, "too_large" },
        { new BadHttpRequestException("", 415), 415, "unsupported_media_type" },
        { new BadHttpRequestException("", 408), 408, "failed" },
        { new BadHttpRequestException("", 400, new JsonException("", "$.name", 0, 3)), 400, "malformed_json" },
        { new JsonException(), 400, "malformed_body" },
        { new InvalidDataException(), 400, "malformed_body" },
        { new TimeoutException(), 503, "away" },
        { new UnauthorizedAccessException(), 409, "taken" },
        { new InvalidOperationException("The password is 7."), 500, "internal" },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public async Task An_exception_becomes_a_problem_without_internal_details(Exception exception, int status, string code)
    {
        _context.Response.Headers.ETag = "\"1\"";
        _context.Response.Headers.XContentTypeOptions = "nosniff";
        await RunAsync(_ => throw exception);
        Assert.Equal((status, code), (_context.Response.StatusCode, FakeRequest.CodeOf(_context)!));
        Assert.DoesNotContain("password", FakeRequest.BodyOf(_context), StringComparison.Ordinal);
        Assert.Equal((0, 1), (_context.Response.Headers.ETag.Count, _context.Response.Headers.XContentTypeOptions.Count));

        // Only our own fault is logged, and only what may pass is tried again.
        Assert.Equal(status == 500 ? [1005] : [], _log.Events);
        Assert.Equal(status == 503 ? "10" : "", _context.Response.Headers.RetryAfter.ToString());
        Assert.Equal(status == 503 ? ["away: GET /api/cameras/{id}"] : [], _outages.Failures);
    }

    [Theory]
    [InlineData(404, "not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(413, "too_large")]
    [InlineData(415, "unsupported_media_type")]
    [InlineData(418, "failed")]
    public async Task A_bare_status_gets_a_problem(int status, string code)
    {
        await RunAsync(c => c.Response.StatusCode = status);
        Assert.Equal((status, code), (_context.Response.StatusCode, FakeRequest.CodeOf(_context)!));
    }

    [Theory]
    [InlineData(399, null)]
    [InlineData(404, "text/plain")]
    public async Task An_answer_that_is_no_failure_or_has_a_body_is_left_as_it_is(int status, string? type)
    {
        await RunAsync(c => (c.Response.StatusCode, c.Response.ContentType) = (status, type));
        Assert.Equal("", FakeRequest.BodyOf(_context));
    }

    [Theory]
    [InlineData(true, 399, true)]
    [InlineData(true, 400, false)]
    [InlineData(false, 200, false)]
    public async Task During_an_outage_what_works_again_is_told(bool isAway, int status, bool isTold)
    {
        if (isAway)
            _outages.Failed("away", "something", "why");
        await RunAsync(c => c.Response.StatusCode = status);
        Assert.Equal(isTold ? ["GET /api/cameras/{id}"] : [], _outages.Successes);
    }

    [Fact]
    public async Task A_client_that_left_is_not_our_fault()
    {
        _context.RequestAborted = new CancellationToken(canceled: true);
        await RunAsync(_ => throw new InvalidOperationException());
        Assert.Equal(499, _context.Response.StatusCode);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task An_answer_that_has_begun_is_broken_off_so_that_it_does_not_look_complete()
    {
        var begun = new Begun();
        _context.Features.Set<IHttpResponseFeature>(begun);
        _context.Features.Set<IHttpRequestLifetimeFeature>(begun);
        await RunAsync(_ => throw new IOException());
        Assert.True(begun.IsAborted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException()));
    }

    private Task RunAsync(Action<HttpContext> answer) => new FailureMiddleware(
        context =>
        {
            answer(context);
            return Task.CompletedTask;
        },
        [
            new Mapper(typeof(TimeoutException), ErrorKind.Unavailable, "away"),
            new Mapper(typeof(UnauthorizedAccessException), ErrorKind.Conflict, "taken"),
        ],
        _outages, _log).InvokeAsync(_context);

    private sealed class Mapper(Type type, ErrorKind kind, string code) : IFailureMapper
    {
        public Error? Map(Exception exception) => exception.GetType() == type ? new Error(kind, code, "Told.") : null;
    }

    private sealed class Begun : HttpResponseFeature, IHttpRequestLifetimeFeature
    {
        public override bool HasStarted => true;

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
