using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>
/// Caches rendered pages of the list until one of the company's anomalies changes, because dashboards and phones request the same pages
/// all day. Every process learns of a change at its commit (<see cref="CacheInvalidation"/>); while one cannot, it caches nothing.
/// </summary>
internal sealed class AnomalyPages(CacheInvalidation cacheInvalidation)
{
    // A page of 50 anomalies is about 26 kB.
    private const long MaxBytes = 64L << 20;

    private const string AllTopic = "anomalies";

    private readonly ConcurrentDictionary<Key, Kept> _pages = new();
    private long _bytes;

    /// <param name="CompanyId">The company whose rows the page shows; null for all companies.</param>
    /// <param name="PublicBase">The base address of the page's links.</param>
    /// <param name="Asked">Path and query of the request.</param>
    internal readonly record struct Key(long? CompanyId, string PublicBase, string Asked)
    {
        public string Topic => CompanyId is { } company ? TopicOf(company) : AllTopic;
    }

    /// <summary>The topic that every change of a company's anomalies invalidates.</summary>
    public static string TopicOf(long companyId) => string.Create(CultureInfo.InvariantCulture, $"{AllTopic}/{companyId}");

    /// <summary>Take the mark before reading the page, so that a change during the read is noticed.</summary>
    public CacheMark? Mark(Key key) => cacheInvalidation.Mark(key.Topic);

    public Rendered? Find(Key key) =>
        _pages.TryGetValue(key, out var kept) && cacheInvalidation.IsCurrent(key.Topic, kept.Mark) ? kept.Answer : null;

    /// <summary>Renders a page, and caches it while invalidations can be received.</summary>
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
        /// <summary>The company and anomaly of each clip that the page links to.</summary>
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
