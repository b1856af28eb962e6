using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Anomalies;

/// <summary>Section <c>Backend:Anomalies</c>.</summary>
public sealed class AnomaliesOptions
{
    public const string Section = "Backend:Anomalies";

    /// <summary>How long a clip's URL is valid. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan ClipUrlLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class AnomaliesOptionsValidator : IValidateOptions<AnomaliesOptions>;

/// <summary>Creates short-lived URLs to clips when an answer is made.</summary>
internal sealed class ClipUrls(IBlobStorage storage, IOptions<AnomaliesOptions> options)
{
    public string Of(string storageKey, string publicBase) =>
        PublicUrls.Absolute(publicBase, storage.CreateReadUrl(storageKey, options.Value.ClipUrlLifetime));
}

/// <summary>Answers with anomalies and links to their clips, and records who received the links.</summary>
internal sealed class AnomalyLinks(ClipUrls urls, PublicUrls addresses, IAccessLog log)
{
    public AnomalyItem Show(HttpContext context, Anomaly anomaly) => AnomalyItem.Of(anomaly, urls, addresses.BaseOf(context));

    public void Issue(IEnumerable<Anomaly> anomalies) => Issue(anomalies.Select(a => (a.CompanyId, a.Id)));

    public void Issue(IEnumerable<(long CompanyId, long Id)> shown) => log.PageIssued("anomalies", shown);

    public string BaseOf(HttpContext context) => addresses.BaseOf(context);
}
