using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class ProblemsTests
{
    [Theory]
    [InlineData(ErrorKind.Invalid, 400)]
    [InlineData(ErrorKind.Unauthenticated, 401)]
    [InlineData(ErrorKind.Forbidden, 403)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.Conflict, 409)]
    [InlineData(ErrorKind.Stale, 412)]
    [InlineData(ErrorKind.TooLarge, 413)]
    [InlineData(ErrorKind.Unsupported, 415)]
    [InlineData(ErrorKind.TooMany, 429)]
    [InlineData(ErrorKind.Unavailable, 503)]
    [InlineData((ErrorKind)99, 500)]
    public void A_kind_of_failure_has_its_status(ErrorKind kind, int status) => Assert.Equal(status, Problems.StatusOf(kind));

    [Fact]
    public void Every_kind_has_a_status_of_its_own()
    {
        var statuses = Enum.GetValues<ErrorKind>().Select(Problems.StatusOf).ToList();
        Assert.Equal(statuses.Count, statuses.Distinct().Count());
        Assert.DoesNotContain(500, statuses);
    }

    [Fact]
    public async Task A_problem_is_told_to_programs_and_to_people()
    {
        var context = FakeRequest.To("/");
        await Problems.WriteAsync(context, new Error(ErrorKind.Conflict, "taken", "It is taken."));
        using var document = JsonDocument.Parse(FakeRequest.BodyOf(context));
        Assert.Equal(
            [
                "type=urn:siaga:error:taken", "title=Conflict", "status=409", "detail=It is taken.", "code=taken", "error=It is taken.",
            ],
            document.RootElement.EnumerateObject().Select(p => $"{p.Name}={p.Value}"));
        Assert.Equal((409, "application/problem+json"), (context.Response.StatusCode, context.Response.ContentType!));
    }

    [Fact]
    public void A_result_is_its_value_or_its_problem()
    {
        Assert.Equal(7, Assert.IsType<Ok<int>>(((Result<int>)7).ToHttp()).Value);
        Result<int> failed = new Error(ErrorKind.NotFound, "away", "Away.");
        Assert.Equal(404, Assert.IsType<ProblemHttpResult>(failed.ToHttp()).StatusCode);
    }
}
