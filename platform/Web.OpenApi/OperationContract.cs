using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Siaga.Web.OpenApi;

/// <summary>Completes an operation: parameters that its handler reads by itself, security, failures and examples.</summary>
internal sealed class OperationContract : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(context);
        AddParameters(operation, metadata);
        await AddBodyAsync(operation, context, metadata, cancellationToken);
        DescribeAnswers(operation, metadata);
        Secure(operation, context, metadata);
        foreach (var (status, codes) in Failures.Of(operation, metadata))
            AddFailure(operation, context, status, codes);
        Order(operation);
    }

    private static string IdOf(OpenApiOperationTransformerContext context)
    {
        var words = (context.Description.RelativePath ?? "").Split('/', '{', '}', '-', '_', ':')
            .Where(w => w.Length > 0 && w is not ("api" or "long"));
        return context.Description.HttpMethod!.ToLowerInvariant()
            + string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }

    private static void AddParameters(OpenApiOperation operation, IList<object> metadata)
    {
        var inputs = metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters())
            .Where(p => p.ParameterType.IsAssignableTo(typeof(IQueryInput))).ToList();
        var read = inputs.SelectMany(p => ParametersOf(p.ParameterType))
            .Concat(metadata.OfType<ParametersMetadata>().SelectMany(m => m.Parameters));
        operation.Parameters = [.. (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path || IsPlain(p, metadata))];
        foreach (var parameter in read.Where(p => !operation.Parameters.Any(known => known.Name == p.Name)))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaRules.Of(parameter),
            });
        }
    }

    // A handler's parameters that bind the whole request are not parameters of the API.
    private static bool IsPlain(IOpenApiParameter parameter, IList<object> metadata) => metadata.OfType<MethodInfo>()
        .SelectMany(m => m.GetParameters())
        .Where(p => p.Name == parameter.Name)
        .All(
            p => p.ParameterType.IsPrimitive
                || Nullable.GetUnderlyingType(p.ParameterType) is { IsPrimitive: true }
                || p.ParameterType == typeof(string));

    private static IReadOnlyList<QueryParameter> ParametersOf(Type input) =>
        (IReadOnlyList<QueryParameter>)input.GetProperty(
            nameof(IQueryInput.Parameters), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    private static async Task AddBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, CancellationToken cancellationToken)
    {
        if (metadata.OfType<RequestMetadata>().LastOrDefault() is not { } request)
            return;
        if (request.MediaTypes.Count > 0)
        {
            var content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
            foreach (var type in request.MediaTypes)
                content[type] =
                    new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(request.Body, null, cancellationToken) };
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
        }

        if (request.Example is not null && operation.RequestBody?.Content is { } bodies)
        {
            foreach (var (type, body) in bodies)
            {
                if (type.EndsWith("json", StringComparison.Ordinal))
                    body.Example = ExampleOf(request.Example, request.Body);
            }
        }
    }

    private static void DescribeAnswers(OpenApiOperation operation, IList<object> metadata)
    {
        var answers = metadata.OfType<AnswerMetadata>().ToList();
        var headers = metadata.OfType<AnswerHeader>().ToList();
        if (answers.Count == 0)
            throw new InvalidOperationException($"The operation {operation.OperationId} does not say what it answers.");
        foreach (var answer in answers)
        {
            if (operation.Responses?[answer.Status.ToString()] is not OpenApiResponse response)
                continue;
            response.Description = answer.About;
            if (answer.Body is null)
                response.Content?.Clear();
            else if (answer.Example is not null && response.Content?[answer.MediaType] is OpenApiMediaType body)
                body.Example = ExampleOf(answer.Example, answer.Body);
            foreach (var header in headers)
            {
                response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
                response.Headers[header.Name] =
                    new OpenApiHeader { Description = header.About, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }
    }

    private static JsonNode? ExampleOf(object example, Type type) =>
        example is string text ? JsonValue.Create(text) : JsonSerializer.SerializeToNode(example, type, WebJson.Options);

    private static void Secure(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata)
    {
        var schemes = metadata.OfType<SecurityMetadata>().LastOrDefault()?.Schemes
            ?? (metadata.OfType<IAllowAnonymous>().Any() ? [] : [SecurityMetadata.Person]);
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        })];
        var who = metadata.OfType<IAuthorizeData>().Select(a => a.Policy).LastOrDefault(p => p is not null) switch
        {
            Policies.CompanyAdmin => "For a company's admin, or a superadmin.",
            Policies.Superadmin => "For a superadmin.",
            Policies.Worker => "For a worker.",
            _ => null,
        };
        if (who is not null)
            operation.Description = operation.Description is { Length: > 0 } more ? $"{who} {more}" : who;
    }

    private static void AddFailure(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, IReadOnlyList<string> codes)
    {
        operation.Responses ??= [];
        operation.Responses[status.ToString()] = new OpenApiResponse
        {
            Description = Failures.Describe(status, codes),
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(DocumentContract.ProblemSchema, context.Document),
                },
            },
            Headers = Failures.TellsWhen(status)
                ? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
                {
                    ["Retry-After"] =
                        new OpenApiHeader { Description = "Seconds.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
                }
                : null,
        };
    }

    private static void Order(OpenApiOperation operation)
    {
        var responses = operation.Responses!.OrderBy(r => r.Key, StringComparer.Ordinal).ToList();
        operation.Responses = [];
        foreach (var (status, response) in responses)
            operation.Responses.Add(status, response);
    }
}
