using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Siaga.Web;
using Siaga.Web.OpenApi;

namespace Siaga.Tests.Unit.Web;

public sealed class OperationContractTests
{
    private static readonly AnswerMetadata s_answer = new(200, null, null, "", "Done.");

    [Fact]
    public async Task An_operation_is_named_after_its_method_and_its_path() =>
        Assert.Equal("getCamerasIdSceneModel", (await TransformedAsync([s_answer])).OperationId);

    [Fact]
    public async Task An_operation_that_does_not_say_what_it_answers_is_a_bug() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => TransformedAsync([]));

    [Fact]
    public async Task What_its_handler_reads_by_itself_is_told()
    {
        var handler = ((Func<Page, long, string>)Handle).Method;
        var operation = await TransformedAsync([s_answer, handler, new ParametersMetadata(
            [new QueryParameter("If-Match", ParameterKind.Text, "A version.") { IsHeader = true }])]);
        Assert.Equal(
            ["id Path", "limit Query", "cursor Query", "If-Match Header"], operation.Parameters!.Select(p => $"{p.Name} {p.In}"));
    }

    [Theory]
    [InlineData(null, false, "person", null)]
    [InlineData(Policies.CompanyAdmin, false, "person", "For a company's admin, or a superadmin. More.")]
    [InlineData(Policies.Superadmin, false, "person", "For a superadmin. More.")]
    [InlineData(null, true, "", null)]
    public async Task Who_may_call_it_is_told(string? policy, bool isAnonymous, string schemes, string? description)
    {
        List<object> metadata = [s_answer];
        if (policy is not null)
            metadata.Add(new AuthorizeAttribute(policy));
        if (isAnonymous)
            metadata.Add(new AllowAnonymousAttribute());
        var operation = await TransformedAsync(metadata);
        Assert.Equal(schemes, string.Join(' ', operation.Security!.SelectMany(s => s.Keys).Select(k => k.Reference.Id)));
        Assert.Equal(description ?? "More.", operation.Description);
    }

    [Fact]
    public async Task Its_failures_are_answers_in_order_and_some_say_when_to_try_again()
    {
        var responses = (await TransformedAsync([s_answer, new FailureMetadata(409, ["taken"])])).Responses!;
        Assert.Equal(responses.Keys.Order(StringComparer.Ordinal), responses.Keys);
        Assert.Contains("`taken`", responses["409"].Description!, StringComparison.Ordinal);
        Assert.Equal((true, false), (responses["503"].Headers is { Count: 1 }, responses["409"].Headers is { Count: > 0 }));
    }

    private static string Handle(Page page, long id) => $"{page}{id}";

    private static async Task<OpenApiOperation> TransformedAsync(List<object> metadata)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var operation = new OpenApiOperation
        {
            Description = "More.",
            Parameters =
            [
                new OpenApiParameter { Name = "id", In = ParameterLocation.Path },
                new OpenApiParameter { Name = "page", In = ParameterLocation.Query },
            ],
            Responses = new OpenApiResponses { ["200"] = new OpenApiResponse() },
        };
        var context = new OpenApiOperationTransformerContext
        {
            DocumentName = "v1",
            Description = new ApiDescription
            {
                HttpMethod = "GET", RelativePath = "api/cameras/{id:long}/scene-model",
                ActionDescriptor = new ActionDescriptor { EndpointMetadata = metadata },
            },
            ApplicationServices = services,
            Document = new OpenApiDocument(),
        };
        await new OperationContract().TransformAsync(operation, context, CancellationToken.None);
        return operation;
    }
}
