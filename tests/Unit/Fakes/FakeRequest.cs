using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.Web;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>Requests without a server.</summary>
internal static class FakeRequest
{
    /// <summary>48 bytes that look random.</summary>
    public static string SigningKey { get; } = Convert.ToBase64String([.. Enumerable.Range(0, 48).Select(i => (byte)((i * 37) + 5))]);

    /// <summary>A request to <c>http://siaga.example</c> whose answer can be read.</summary>
    /// <param name="services">Registers what the code under test takes from the request.</param>
    public static DefaultHttpContext To(
        string path, string query = "", string method = "GET", Action<IServiceCollection>? services = null)
    {
        var registered = new ServiceCollection().AddSingleton(Urls(null));
        services?.Invoke(registered);
        var context = new DefaultHttpContext { RequestServices = registered.BuildServiceProvider() };
        (context.Request.Method, context.Request.Scheme, context.Request.Host) = (method, "http", new HostString("siaga.example", 8080));
        (context.Request.Path, context.Request.QueryString) = (path, new QueryString(query));
        context.Response.Body = new MemoryStream();
        return context;
    }

    public static PublicUrls Urls(string? publicUrl) => new(Options.Create(new WebOptions { PublicUrl = publicUrl }));

    public static string BodyOf(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    /// <summary>The code of the problem that was answered.</summary>
    public static string? CodeOf(HttpContext context)
    {
        using var document = JsonDocument.Parse(BodyOf(context));
        return document.RootElement.GetProperty("code").GetString();
    }
}
