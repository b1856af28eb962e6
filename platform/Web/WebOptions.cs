using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>Section <c>Web</c>: the server as its clients see it.</summary>
public sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>The public address, such as <c>https://siaga.example</c>. Default: the address that each request was sent to.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>
    /// Origins (<c>https://dashboard.example</c>) whose pages may call this server. An item may hold several, separated by commas or
    /// spaces, or be empty. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Addresses of proxies, or ranges such as <c>10.42.0.0/16</c>, whose <c>X-Forwarded-*</c> headers are trusted. Without them all
    /// clients behind a proxy share its address and its rate limits. An item may hold several, separated by commas or spaces, or be empty.
    /// Default: none.
    /// </summary>
    [IpAddresses]
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>
    /// Redirects HTTP to HTTPS and sends Strict-Transport-Security. Default off, because a proxy in front often does both.
    /// </summary>
    public bool RequireHttps { get; set; }
}

/// <summary>
/// Splits list items: a setting from an environment variable is one string, which may hold several values or be empty.
/// </summary>
internal sealed class WebOptionsLists : IPostConfigureOptions<WebOptions>
{
    private static readonly char[] s_between = [',', ' ', '\t', '\n'];

    public void PostConfigure(string? name, WebOptions options)
    {
        options.AllowedOrigins = Split(options.AllowedOrigins);
        options.TrustedProxies = Split(options.TrustedProxies);
    }

    private static List<string> Split(IEnumerable<string> items) =>
        [.. items.SelectMany(i => i.Split(s_between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}

/// <summary>Validates a list of IP addresses and ranges.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IpAddressesAttribute()
    : ValidationAttribute("'{0}' holds something that is neither an IP address nor a range such as 10.42.0.0/16.")
{
    public override bool IsValid(object? value) => value is IEnumerable<string> list
        && list.All(a => System.Net.IPAddress.TryParse(a, out _) || System.Net.IPNetwork.TryParse(a, out _));
}

[OptionsValidator]
internal sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
