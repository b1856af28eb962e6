using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// Pages of the list as they were answered, for as long as no anomaly of theirs has changed: dashboards and phones ask for the same ones all
/// day. Every process hears of a change at its commit (<see cref="CacheInvalidation"/>); whoever cannot hear keeps nothing.
/// </summary>
internal sealed class AnomalyPages(CacheInvalidation cacheInvalidation)
{
    // A page of 50 has some 26 kB.
    private const long MaxBytes = 64L << 20;

    private const string AllTopic = "anomalies";

    private readonly ConcurrentDictionary<Key, Kept> _pages = new();
    private long _bytes;

    /// <param name="CompanyId">Whose rows it shows; null: everybody's.</param>
    /// <param name="PublicBase">What its links begin with.</param>
    /// <param name="Asked">Path and query: what else makes a difference.</param>
    internal readonly record struct Key(long? CompanyId, string PublicBase, string Asked)
    {
        public string Topic => CompanyId is { } company ? TopicOf(company) : AllTopic;
    }

    /// <summary>Announced by whatever changes an anomaly of a company.</summary>
    public static string TopicOf(long companyId) => string.Create(CultureInfo.InvariantCulture, $"{AllTopic}/{companyId}");

    /// <summary>Take it before the page is read.</summary>
    public CacheMark? Mark(Key key) => cacheInvalidation.Mark(key.Topic);

    public Rendered? Find(Key key) => _pages.TryGetValue(key, out var kept) && cacheInvalidation.IsCurrent(key.Topic, kept.Mark) ? kept.Answer : null;

    /// <summary>Renders a page, and keeps it if it can be known when it gets old.</summary>
    public Rendered Keep(Key key, CacheMark? mark, IReadOnlyList<AnomalyItem> items, string? nextLink)
    {
        var answer = new Rendered(JsonSerializer.SerializeToUtf8Bytes(items, WebJson.Options), nextLink)
        {
            Shown = [.. items.Select(i => (i.CompanyId, i.Id))],
        };
        if (mark is null)
            return answer;
        if (Interlocked.Add(ref _bytes, answer.Body.Length) > MaxBytes)
        {
            _pages.Clear();
            Interlocked.Exchange(ref _bytes, answer.Body.Length);
        }

        _pages[key] = new Kept(answer, mark.Value);
        return answer;
    }

    private sealed record Kept(Rendered Answer, CacheMark Mark);

    internal sealed record Rendered(byte[] Body, string? NextLink) : IResult
    {
        /// <summary>Whose clips it has links to: company and anomaly.</summary>
        public required IReadOnlyList<(long CompanyId, long Id)> Shown { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = Body.Length;
            if (NextLink is not null)
                response.Headers.Append("Link", NextLink);
            return response.Body.WriteAsync(Body).AsTask();
        }
    }
}
