using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Tests.Unit.Web;

public sealed class OperationFailuresTests
{
    private const string OfAll = "400:bad_request,text_unstorable 414:query_too_long 431:headers_too_large 500:internal "
        + "503:database_unavailable,storage_full";

    [Fact]
    public void An_operation_for_people_may_refuse_them() =>
        Assert.Equal(Sorted($"{OfAll} 401:unauthenticated 403:forbidden"), Of(new OpenApiOperation()));

    [Fact]
    public void One_for_all_refuses_no_caller_and_one_for_cameras_only_those_without_a_key()
    {
        Assert.Equal(Sorted(OfAll), Of(new OpenApiOperation(), new AllowAnonymousAttribute()));
        Assert.Equal(
            Sorted($"{OfAll} 401:unauthenticated"),
            Of(new OpenApiOperation(), new AllowAnonymousAttribute(), new SecurityMetadata([SecurityMetadata.CameraKey])));
    }

    [Fact]
    public void One_with_a_body_may_refuse_the_body()
    {
        var failures = Of(new OpenApiOperation { RequestBody = new OpenApiRequestBody() }, new AllowAnonymousAttribute());
        Assert.Contains("413:too_large", failures);
        Assert.Contains("415:unsupported_media_type", failures);
        Assert.Contains("400:bad_request,malformed_json,text_unstorable", failures);
    }

    [Theory]
    [InlineData(ParameterLocation.Path, true)]
    [InlineData(ParameterLocation.Query, false)]
    public void One_about_a_thing_may_not_find_it(ParameterLocation location, bool mayNotFind) => Assert.Equal(
        mayNotFind,
        Of(new OpenApiOperation { Parameters = [new OpenApiParameter { In = location }] }, new AllowAnonymousAttribute())
            .Contains("404:not_found", StringComparer.Ordinal));

    [Fact]
    public void Its_own_failures_are_told_beside_those_of_all()
    {
        var failures = Of(
            new OpenApiOperation(), new AllowAnonymousAttribute(), new FailureMetadata(409, ["taken"]), new FailureMetadata(503, ["away"]));
        Assert.Contains("409:taken", failures);
        Assert.Contains("503:away,database_unavailable,storage_full", failures);
    }

    [Fact]
    public void Only_what_passes_says_when_to_try_again()
    {
        Assert.Equal([429, 503], Enumerable.Range(400, 200).Where(Failures.TellsWhen));
        Assert.Equal("Conflict: `a`, `b`.", Failures.Describe(409, ["a", "b"]));
    }

    private static string[] Sorted(string failures) => [.. failures.Split(' ').Order(StringComparer.Ordinal)];

    private static List<string> Of(OpenApiOperation operation, params object[] metadata) =>
        [.. Failures.Of(operation, metadata).Select(f => $"{f.Status}:{string.Join(',', f.Codes)}")];
}
