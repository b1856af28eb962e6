using System.Text.Json;

namespace Siaga.Tests.Backend;

/// <summary>Assertions about responses.</summary>
internal static class Expect
{
    /// <summary>A problem document that older clients can read too and that reveals no internals.</summary>
    public static void Problem(Answer answer, int status, string? code = null)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("error").GetString()));
        Assert.Equal(answer.Json.GetProperty("error").GetString(), answer.Json.GetProperty("detail").GetString());
        Assert.False(string.IsNullOrEmpty(answer.Json.GetProperty("title").GetString()));
        Assert.Matches("^[a-z0-9_]+$", answer.Json.GetProperty("code").GetString());
        if (code is not null)
            Assert.Equal(code, answer.Json.GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Fields of the expected kinds.</summary>
    public static void Fields(JsonElement item, params (string Name, JsonValueKind Kind)[] fields)
    {
        foreach (var (name, kind) in fields)
        {
            Assert.True(item.TryGetProperty(name, out var value), $"'{name}' is missing in {item}");
            var actual = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
            Assert.True(actual == kind, $"'{name}' is {value.ValueKind} in {item}");
        }
    }

    public static long Id(JsonElement item, string name = "id") => item.GetProperty(name).GetInt64();

    public static JsonElement[] Items(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.Equal(JsonValueKind.Array, answer.Json.ValueKind);
        return [.. answer.Json.EnumerateArray()];
    }

    /// <summary>The path of the next page; null on the last one.</summary>
    public static string? Next(Answer answer)
    {
        if (!answer.Headers.TryGetValues("Link", out var links))
            return null;
        var link = Assert.Single(links);
        Assert.EndsWith(">; rel=\"next\"", link, StringComparison.Ordinal);
        return new Uri(link[1..link.IndexOf('>', StringComparison.Ordinal)]).PathAndQuery;
    }
}
