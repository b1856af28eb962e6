using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>Section <c>Web</c>: the server as its clients see it.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Such as <c>https://siaga.example</c>. Default: what each request was sent to.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>Origins (<c>https://dashboard.example</c>) whose pages may call this server. Default: none.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Redirects plain HTTP and sends Strict-Transport-Security. Default off: a proxy in front often does it.</summary>
    public bool RequireHttps { get; set; }
}

[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
