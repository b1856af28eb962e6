namespace Siaga.Ports;

/// <summary>
/// Records who received links to which clips. Entries are written shortly after the response, and at most once a minute for the same links:
/// lists are read often, and reading must not wait for a disk.
/// </summary>
public interface IAccessLog
{
    /// <summary>The reader and the address are taken from the request.</summary>
    /// <param name="companyId">The company that owns the clips.</param>
    /// <param name="target">Such as <c>anomalies/120</c> or <c>anomalies/71-120</c>.</param>
    void LinksIssued(long companyId, string target);
}

public static class AccessLogExtensions
{
    /// <summary>Records one entry per company for a page of a list.</summary>
    /// <param name="kind">Such as <c>anomalies</c>.</param>
    /// <param name="rows">Company and id of the rows whose links are in the response.</param>
    public static void PageIssued(this IAccessLog log, string kind, IEnumerable<(long CompanyId, long Id)> rows)
    {
        foreach (var company in rows.GroupBy(r => r.CompanyId, r => r.Id))
        {
            var (first, last) = (company.Min(), company.Max());
            log.LinksIssued(company.Key, first == last ? $"{kind}/{first}" : $"{kind}/{first}-{last}");
        }
    }
}
