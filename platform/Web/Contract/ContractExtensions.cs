using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>Describes endpoints in the API's document. What the code already shows (route, body, rights) is not repeated.</summary>
public static class ContractExtensions
{
    /// <param name="group">The heading in the document.</param>
    /// <param name="summary">What the endpoint does, as a phrase.</param>
    /// <param name="remarks">What callers must know.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder builder, string group, string summary, string? remarks = null)
    {
        builder.WithTags(group).WithSummary(summary);
        return remarks is null ? builder : builder.WithDescription(remarks);
    }

    /// <summary>Declares an example of a valid body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder, T example) =>
        builder.WithMetadata(new RequestMetadata(typeof(T), example, []));

    /// <summary>Declares a body that the handler reads by itself.</summary>
    public static RouteHandlerBuilder TakesAs<T>(this RouteHandlerBuilder builder, T? example, params string[] mediaTypes) =>
        builder.WithMetadata(new RequestMetadata(typeof(T), example, mediaTypes));

    /// <summary>Declares a JSON response.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder builder, int status, T example, string about = "Done.") =>
        builder.WithMetadata(new AnswerMetadata(status, typeof(T), example, "application/json", about));

    /// <summary>Declares a response without a body.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder builder, int status, string about = "Done.") =>
        builder.WithMetadata(new AnswerMetadata(status, null, null, "", about));

    /// <summary>Declares a text response.</summary>
    public static RouteHandlerBuilder AnswersText(
        this RouteHandlerBuilder builder, int status, string example, string mediaType, string about) =>
        builder.WithMetadata(new AnswerMetadata(status, typeof(string), example, mediaType, about));

    /// <summary>Declares a file response.</summary>
    public static RouteHandlerBuilder AnswersFile(this RouteHandlerBuilder builder, int status, string mediaType, string about) =>
        builder.WithMetadata(new AnswerMetadata(status, typeof(Stream), null, mediaType, about));

    /// <summary>Declares a page of a list, with the <c>Link</c> to the next page.</summary>
    public static RouteHandlerBuilder AnswersPage<T>(this RouteHandlerBuilder builder, T example) => builder
        .Answers(StatusCodes.Status200OK, new[] { example }, "A page; [] when there is nothing.")
        .WithMetadata(new AnswerHeader("Link", "The next page, as `<URL>; rel=\"next\"`; absent on the last."));

    public static RouteHandlerBuilder AnswersHeader(this RouteHandlerBuilder builder, string name, string about) =>
        builder.WithMetadata(new AnswerHeader(name, about));

    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder builder, int status, params string[] codes) =>
        builder.WithMetadata(new FailureMetadata(status, codes));

    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder builder, params QueryParameter[] parameters) =>
        builder.WithMetadata(new ParametersMetadata(parameters));

    public static RouteHandlerBuilder ProvenBy(this RouteHandlerBuilder builder, params string[] schemes) =>
        builder.WithMetadata(new SecurityMetadata(schemes));
}
