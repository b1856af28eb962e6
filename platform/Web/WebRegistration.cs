using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Siaga.Primitives;

namespace Siaga.Web;

public static class WebRegistration
{
    /// <summary>
    /// Registers what every HTTP service needs: authentication of services, problems, JSON. Safe to repeat, because several services may
    /// share a process. A service for people also calls <see cref="AddAccessTokens"/>.
    /// </summary>
    public static IServiceCollection AddSiagaWeb(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(PublicUrls)))
            return services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<CompanyScope>();
        services.AddStrictOptions<ServiceTokenOptions, ServiceTokenOptionsValidator>(configuration, ServiceTokenOptions.Section);
        services.AddSingleton<IPostConfigureOptions<ServiceTokenOptions>, ServiceTokenFiles>();
        services.AddStrictOptions<WebOptions, WebOptionsValidator>(configuration, WebOptions.Section);
        services.AddSingleton<IPostConfigureOptions<WebOptions>, WebOptionsLists>();
        services.AddOptions<CompatibilityOptions>()
            .Bind(configuration.GetSection(CompatibilityOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddHostedService<CompatibilityWarnings>();
        services.AddSingleton<PublicUrls>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<IOutageLog, OutageLog>();
        // Not AddAuthentication: it adds data protection, which stores keys in the home folder; our tokens have a key of their own.
        services.AddAuthenticationCore(o => o.DefaultScheme = SiagaAuthentication.Scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, SiagaAuthentication>(SiagaAuthentication.Scheme, null);
        services.AddAuthorization(Policies.Configure);
        services.Configure<JsonOptions>(json => WebJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddCors();
        Compression.Add(services);
        services.Configure<KestrelServerOptions>(RequestLimits.Configure);
        return services;
    }

    /// <summary>
    /// Registers access tokens, for services that issue or read them. Requires the signing key (section <c>Auth</c>). Safe to repeat.
    /// </summary>
    public static IServiceCollection AddAccessTokens(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(AccessTokens)))
            return services;
        services.AddStrictOptions<AuthOptions, AuthOptionsValidator>(configuration, AuthOptions.Section);
        services.AddSingleton<IValidateOptions<AuthOptions>, SigningKeyValidator>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<CallSeal>();
        return services;
    }

    /// <summary>Makes the server receive in blocks of 64 KiB, for a service that takes files.</summary>
    public static IServiceCollection AddLargeReceiveBlocks(this IServiceCollection services) =>
        services.AddSingleton<IMemoryPoolFactory<byte>, LargeBlockPools>();

    /// <summary>
    /// Binds a section to options that refuse unknown keys and invalid values when the host starts, and registers the section for
    /// <see cref="RefuseUnknownSections"/>.
    /// </summary>
    public static OptionsBuilder<TOptions> AddStrictOptions<TOptions, TValidator>(
        this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        services.AddSingleton(new SettingsSection(section));
        return services.AddOptions<TOptions>()
            .Bind(configuration.GetSection(section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
    }

    /// <summary>Call it after all parts are added: a misspelled section would otherwise have no effect, unnoticed.</summary>
    /// <param name="parent">Such as <c>Backend</c>.</param>
    /// <exception cref="InvalidOperationException">A section below <paramref name="parent"/> is no part's.</exception>
    public static void RefuseUnknownSections(this IServiceCollection services, IConfiguration configuration, string parent)
    {
        var known = services.Select(s => (s.ImplementationInstance as SettingsSection)?.Path)
            .Where(path => path?.StartsWith($"{parent}:", StringComparison.Ordinal) == true)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var unknown = configuration.GetSection(parent).GetChildren().Select(c => c.Path)
            .Where(path => !known.Contains(path, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException(
                $"Unknown settings: {string.Join(", ", unknown)}. Known sections are {string.Join(", ", known)}.");
        }
    }

    /// <summary>Adds the middleware that runs before the endpoints. Safe to repeat; only the first call counts.</summary>
    public static void UseSiagaWeb(this WebApplication app)
    {
        const string done = "Siaga.Web";
        if (!((IApplicationBuilder)app).Properties.TryAdd(done, true))
            return;
        var options = app.Services.GetRequiredService<IOptions<WebOptions>>().Value;
        app.UseMiddleware<FailureMiddleware>();
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(ForwardedFrom(options.TrustedProxies));
        app.Use((context, next) =>
        {
            SetSecurityHeaders(context.Response.Headers);
            return next(context);
        });
        if (options.RequireHttps)
            app.UseMiddleware<HttpsOnly>();
        app.Use(RequestLimits.ApplyAsync);
        app.UseResponseCompression();
        app.UseRouting();
        if (app.Services.GetService<IPublicPages>() is { } pages)
            app.Use(async (context, next) => await ServePagesAsync(pages, context, next));
        app.UseCors(cors => cors.WithOrigins([.. options.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod()
            .WithExposedHeaders("Link", "Location", "Retry-After", "ETag", "Idempotency-Replayed")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(CallerScope.ApplyAsync);
    }

    private static async Task ServePagesAsync(IPublicPages pages, HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null || !await pages.TryServeAsync(context))
            await next(context);
    }

    private static ForwardedHeadersOptions ForwardedFrom(IEnumerable<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return options;
    }

    private static void SetSecurityHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
    }
}

/// <summary>A section of the settings that a part reads.</summary>
/// <param name="Path">Such as <c>Backend:Accounts</c>.</param>
internal sealed record SettingsSection(string Path);
