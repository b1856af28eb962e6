using Microsoft.AspNetCore.Http;

namespace Siaga.Web;

/// <summary>
/// Who got links to which clips. Kept a moment after the answer, and once a minute for the same links: a list is read often, and reading
/// must not wait for a disk.
/// </summary>
public interface IAccessLog
{
    /// <param name="context">The request: who, and from where.</param>
    /// <param name="companyId">Whose clips.</param>
    /// <param name="target">Such as <c>anomalies/120</c> or <c>anomalies/71-120</c>.</param>
    void LinksIssued(HttpContext context, long companyId, string target);
}

public static class AccessLogExtensions
{
    /// <summary>One entry a company for a page of a list, whoever reads it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="context">The request.</param>
    /// <param name="kind">Such as <c>anomalies</c>.</param>
    /// <param name="rows">The rows whose links are in the answer: company and number.</param>
    public static void PageIssued(this IAccessLog log, HttpContext context, string kind, IEnumerable<(long CompanyId, long Id)> rows)
    {
        foreach (var company in rows.GroupBy(r => r.CompanyId, r => r.Id))
        {
            var (first, last) = (company.Min(), company.Max());
            log.LinksIssued(context, company.Key, first == last ? $"{kind}/{first}" : $"{kind}/{first}-{last}");
        }
    }
}
