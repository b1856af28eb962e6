using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Messages.Api;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Operations;

/// <summary>Lists dead letters, oldest first.</summary>
internal static class ListDeadLetters
{
    /// <summary>How many dead letters are read from the broker at most, over all pages.</summary>
    internal const int Most = 10_000;

    private static ListDeadLettersItem Example { get; } = new(
        "1871234567890123456",
        "siaga.analysis",
        "clip.stored",
        "clip_gone",
        "The clip is no longer in storage.",
        1,
        new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
        "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10",
        9,
        7,
        JsonSerializer.SerializeToElement(new { clip_id = "01936e1c-7a4e-7c33-b8aa-0f3a6a1f5a10" }));

    /// <summary>The queue to list or to replay; null: all of them.</summary>
    internal sealed record QueueFilter(string? Queue) : IQueryInput
    {
        public static IReadOnlyList<QueryParameter> Parameters { get; } = [new("queue", ParameterKind.Text, "Of this queue only.")];

        public static ValueTask<QueueFilter?> BindAsync(HttpContext context)
        {
            // Two queues must not mean all of them.
            var queue = context.Request.Query["queue"];
            if (queue.Count > 1)
                throw new BadHttpRequestException("'queue' must be given once.");
            return ValueTask.FromResult<QueueFilter?>(new(queue is [{ Length: > 0 } name] ? name : null));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/system/dead", HandleAsync).RequireAuthorization(Policies.Superadmin)
        .Describe(
            "System",
            "List dead letters, oldest first",
            $"Messages that were given up. At most {Most} over all pages; `GET /api/system/queues` counts all of them.")
        .AnswersPage(Example).Fails(503, BrokerAdmin.Unavailable.Code);

    private static async Task<IResult> HandleAsync(
        Page page, QueueFilter filter, HttpContext context, BrokerAdmin admin, Topology topology)
    {
        var letters = await admin.AskAsync(context, (broker, cancellationToken) => broker.GetDeadLettersAsync(Most, cancellationToken));
        if (!letters.IsOk)
            return letters.Error.ToProblem();
        var rows = letters.Value.Where(l => filter.Queue is null || l.Queue == filter.Queue)
            .OrderBy(l => l.DiedAt).ThenBy(l => l.Id)
            .Where(l => page.After is not { } after || (l.DiedAt.UtcTicks, l.Id).CompareTo((after.First, after.Second)) > 0)
            .Take(page.Limit + 1).ToList();
        return page.Answer(context, rows, l => new PageMark(l.DiedAt.UtcTicks, l.Id), l => ItemOf(l, topology));
    }

    internal static ListDeadLettersItem ItemOf(DeadLetter letter, Topology topology)
    {
        var body = BodyOf(letter.Body);
        return new ListDeadLettersItem(
            letter.Id.ToString(CultureInfo.InvariantCulture),
            letter.Queue,
            topology.Bindings.FirstOrDefault(b => b.Value.Contains(letter.Queue, StringComparer.Ordinal)).Key,
            letter.Code,
            letter.Reason,
            letter.Attempts,
            letter.DiedAt,
            TextOf(body, "clip_id"),
            NumberOf(body, "camera_id"),
            NumberOf(body, "company_id"),
            body);
    }

    /// <summary>The body of a dead letter may be anything, also invalid JSON.</summary>
    private static JsonElement BodyOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body.Span));
        }
    }

    private static string? TextOf(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A number, or a number as text: messages carry camera ids as text.</summary>
    private static long? NumberOf(JsonElement body, string name)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return value.TryGetInt64(out var number) ? number : null;
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var text)
                ? text
                : null;
    }
}
