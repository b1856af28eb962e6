using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Backend.Api;

/// <summary>The API's document. <c>eng/openapi</c> regenerates the committed one.</summary>
public sealed partial class DocumentTests(WholeHost host) : IClassFixture<WholeHost>
{
    [Fact]
    public async Task The_committed_document_is_the_one_that_the_code_makes()
    {
        var made = (await host.Anonymous.GetAsync("/openapi/v1.json")).Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Root(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("SIAGA_WRITE_OPENAPI") == "true")
            await File.WriteAllTextAsync(file, made);
        Assert.True(
            File.Exists(file) && await File.ReadAllTextAsync(file) == made,
            "docs/openapi.json is not what the code makes: run eng/openapi and look at the difference.");
    }

    [Fact]
    public async Task It_is_openapi_3_1_and_every_operation_says_what_it_does_for_whom_and_how_it_fails()
    {
        var api = await ApiDescription.ReadAsync(host);
        Assert.StartsWith("3.1", api.Version, StringComparison.Ordinal);
        Assert.True(api.Operations.Count > 40, $"{api.Operations.Count} operations");
        Assert.Equal(api.Operations.Count, api.Operations.Select(o => (string)o.Node["operationId"]!).Distinct().Count());
        foreach (var operation in api.Operations)
        {
            Assert.False(string.IsNullOrEmpty((string?)operation.Node["summary"]), operation.Name);
            Assert.Single(operation.Node["tags"]!.AsArray());
            Assert.NotNull(operation.Node["security"]);
            Assert.Contains(operation.Responses, r => r.Key[0] == '2');
            foreach (var (status, response) in operation.Responses.Where(r => r.Key[0] is '4' or '5'))
            {
                Assert.Equal(
                    "#/components/schemas/Problem", (string?)response!["content"]!["application/problem+json"]!["schema"]!["$ref"]);
                Assert.Contains('`', (string)response["description"]!);
                if (status is "429" or "503")
                    Assert.NotNull(response["headers"]?["Retry-After"]);
            }

            if (operation.Schemes.Any())
                Assert.NotNull(operation.Responses["401"]);
        }
    }

    [Fact]
    public async Task Every_body_of_json_has_an_example_and_it_fits_its_schema()
    {
        var api = await ApiDescription.ReadAsync(host);
        foreach (var operation in api.Operations)
        {
            var bodies = (operation.Body ?? []).Select(c => ($"{operation.Name} request", c.Key, c.Value)).Concat(
                operation.Responses.Where(r => r.Key[0] == '2')
                    .SelectMany(r => (r.Value!["content"]?.AsObject() ?? []).Select(c => ($"{operation.Name} {r.Key}", c.Key, c.Value))));
            foreach (var (name, type, media) in bodies.Where(b => b.Key == "application/json"))
            {
                Assert.True(media!["example"] is not null, $"{name} has no example");
                Assert.Null(api.Misfit(media["schema"]!, media["example"]!.ToJsonString()));
            }
        }
    }

    [Fact]
    public async Task The_page_to_try_it_takes_everything_from_here()
    {
        var page = await host.Anonymous.GetAsync("/docs");
        if (page.Status is 301 or 302)
            page = await host.Anonymous.GetAsync("/docs/");
        Assert.Equal(200, page.Status);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", Foreign().Replace(page.Text, ""), StringComparison.Ordinal);
        var scripts = Scripts().Matches(page.Text).Select(m => m.Groups["src"].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
            Assert.Equal(200, (await host.Anonymous.GetAsync(new Uri(new Uri(host.Address, "/docs/"), script).AbsolutePath)).Status);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Siaga.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the project's tree.");
        return folder.FullName;
    }

    [GeneratedRegex("<script[^>]*src=\"(?<src>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scripts();

    // URLs of XML namespaces are not requested by anything.
    [GeneratedRegex("https?://www\\.w3\\.org[^\"']*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Foreign();
}
