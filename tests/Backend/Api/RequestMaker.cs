using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Siaga.Tests.Backend.Api;

/// <summary>A request such as a client might send, correct or not.</summary>
/// <param name="Operation">The operation that it is meant for.</param>
/// <param name="Path">Path and query, escaped.</param>
/// <param name="Content">The body; null for none.</param>
/// <param name="Headers">Headers besides the credential.</param>
internal sealed record MadeRequest(
    ApiOperation Operation, string Path, HttpContent? Content, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>The body as text, to reproduce a finding.</summary>
    public string Shown { get; init; } = "";
}

/// <summary>Generates requests from the document: some correct, most wrong in one place, some wrong everywhere.</summary>
/// <param name="api">The document.</param>
/// <param name="random">The source of all decisions.</param>
/// <param name="ids">Ids that exist in this Backend.</param>
internal sealed class RequestMaker(ApiDescription api, Random random, IReadOnlyList<string> ids)
{
    private static readonly string[] s_texts =
    [
        "", " ", "a", "null", "true", "0", "-1", "é", "ü̈", "門", "👁️‍🗨️", "\u202Eabc", "\uFEFF", "\u0000", "\u0001\u001F",
        "\u007F", "a\tb\nc\r\n", "'; DROP TABLE users;--", "<script>alert(1)</script>", "../../etc/passwd", "%00", "%", "{{7*7}}",
        "${jndi:ldap://x}", "\\", "\"", "NaN", "Infinity", "1e999", "0x10", "2026-11-24T08:00:00Z", "2026-02-30T25:61:61Z",
        "9999-12-31T23:59:59.9999999+14:00", "0001-01-01T00:00:00-14:00", "a@b", "A@B.C", "@", "superadmin", "company_admin", "user", "new",
        "confirmed", "Asia/Jakarta", "rtsp://x/y", "http://[::1", "cam1", "\uFFFD", "ﷺ", "ß", "İ", "ǅ", "\u0344",
    ];

    private static readonly string[] s_numbers =
    [
        "0", "1", "2", "3", "7", "-1", "0.5", "1e5", "1E400", "-0", "2147483648", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808",
        "99999999999999999999999999", "1.7976931348623157e309", "0.1e-400",
    ];

    private static readonly (string Name, string[] Values)[] s_headers =
    [
        ("Accept", ["*/*", "text/html", "application/xml;q=0.1", "nonsense", ""]),
        ("Accept-Encoding", ["gzip", "br", "identity;q=0", "*;q=0", "zzz"]),
        ("Idempotency-Key", ["1", "same", "", "kéy", "0123456789012345678901234567890123456789"]),
        ("If-Match", ["*", "\"1\"", "\"99\"", "W/\"1\"", "nonsense", "\"", ","]),
        ("If-None-Match", ["*", "\"1\""]),
        ("Last-Event-ID", ["0", "-1", "abc", "9223372036854775807", "99999999999999999999"]),
        ("Origin", ["https://elsewhere.test", "null"]),
        ("X-Forwarded-For", ["1.2.3.4", "::1", "nonsense"]),
        ("X-Forwarded-Proto", ["https", "gopher"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
        ("Range", ["bytes=0-1", "bytes=9-1"]),
        ("X-Camera-Key", ["sck_", "sck_0123456789012345678901234567890123456789012"]),
        ("Cookie", ["a=b", "=;;"]),
        ("traceparent", ["00-0-0-0", "nonsense"]),
    ];

    public MadeRequest Next()
    {
        var operation = api.Operations[random.Next(api.Operations.Count)];

        // Frequent logouts would leave only 401s to observe.
        if (operation.Path == "/api/logout" && Chance(0.9))
            return Next();
        var path = Path(operation) + Query(operation);
        var (content, shown) = Body(operation);
        return new MadeRequest(operation, path, content, Headers()) { Shown = shown };
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private string Pick(IReadOnlyList<string> values) => values[random.Next(values.Count)];

    private string Path(ApiOperation operation)
    {
        var parts = operation.Path.Split('/').Select(part => part.StartsWith('{')
            ? Uri.EscapeDataString(Chance(0.75) ? Pick(ids) : Chance(0.5) ? Pick(s_numbers) : OddPathText())
            : part);
        return string.Join('/', parts);
    }

    // An empty segment, or one of dots, would be a different path.
    private string OddPathText() => Pick(s_texts) is { } text && text.Trim('.', '/', ' ').Length > 0 ? text : "x";

    private string Query(ApiOperation operation)
    {
        var pairs = new List<string>();
        foreach (var parameter in operation.Parameters.Where(p => (string)p["in"]! == "query" && Chance(0.4)))
        {
            for (var times = Chance(0.05) ? 2 : 1; times > 0; times--)
                pairs.Add($"{parameter["name"]}={Uri.EscapeDataString(Value(parameter))}");
        }

        if (Chance(0.05))
            pairs.Add(
                Pick(["x=1", "limit", "=", "&&", "a[b]=c", "cursor=%FF%FE", "from=%", "limit=1&limit=2", "q=" + new string('z', 5000)]));
        return pairs.Count == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private string Value(JsonObject parameter)
    {
        if (Chance(0.3))
            return Chance(0.5) ? Pick(s_texts) : Pick(s_numbers);
        var schema = parameter["schema"]!;
        if (schema["enum"] is JsonArray values)
            return (string)values[random.Next(values.Count)]!;
        return (string?)schema["format"] == "date-time" ? "2026-11-24T08:00:00Z" : Chance(0.5) ? Pick(ids) : $"{random.Next(1, 50)}";
    }

    private List<(string Name, string Value)> Headers()
    {
        var headers = new List<(string, string)>();
        while (Chance(0.3))
        {
            var (name, values) = s_headers[random.Next(s_headers.Length)];
            headers.Add((name, Pick(values)));
        }

        if (Chance(0.01))
            headers.Add(("X-Long", new string('x', random.Next(1000, 20_000))));
        return headers;
    }

    private (HttpContent? Content, string Shown) Body(ApiOperation operation)
    {
        if (operation.Body is not { } body)
            return Chance(0.05) ? Raw("{}", "application/json") : (null, "");
        if (Chance(0.03))
            return (null, "");
        if (body["application/json"] is JsonObject json)
            return JsonBody(json);
        return Multipart();
    }

    private (HttpContent Content, string Shown) JsonBody(JsonObject media)
    {
        var whole = media["example"]!.DeepClone();
        for (var changes = Chance(0.15) ? 0 : random.Next(1, 4); changes > 0; changes--)
            Spoil(whole.AsObject(), api.Resolve(media["schema"]!));
        var text = whole.ToJsonString();
        if (Chance(0.05))
            text = Pick([
                "", "{", "[]", "null", "7", "\"x\"", "{\"a\":}", text[..(text.Length / 2)], text + text, "{\"\\ud800\":\"\\udfff\"}",
                text.Replace("\":\"", "\":\"\\ud800", StringComparison.Ordinal), Deep("{\"name\":", '}'), Deep("[", ']')]);
        if (Chance(0.02))
            text = text.Replace("{", "{" + new string(' ', random.Next(1, 100_000)), StringComparison.Ordinal);
        return Raw(text, Chance(0.93) ? "application/json" : Pick(
            [
                "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=nonsense",
                "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "application/problem+json",
                "nonsense",
            ]));
    }

    private string Deep(string open, char close)
    {
        var depth = random.Next(10, 3000);
        return string.Concat(Enumerable.Repeat(open, depth)) + "1" + new string(close, depth);
    }

    private void Spoil(JsonObject body, JsonObject schema)
    {
        var known = (schema["properties"]?.AsObject() ?? []).Select(p => p.Key).ToList();
        var name = known.Count > 0 && Chance(0.9) ? Pick(known) : Pick(s_texts);
        if (Chance(0.2))
            body.Remove(name);
        else
            body[name] = Odd(0);
    }

    private JsonNode? Odd(int depth) => random.Next(depth > 3 ? 5 : 9) switch
    {
        0 => null,
        1 => JsonValue.Create(Chance(0.5)),
        2 => JsonNode.Parse(Numeral()),
        3 => JsonValue.Create(Pick(s_texts)),
        4 => JsonValue.Create(Chance(0.2) ? new string('x', random.Next(1, 5000)) : Pick(ids)),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Odd(depth + 1))]),
        6 => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"k{i}", Odd(depth + 1)))),
        7 => JsonValue.Create(random.NextDouble()),
        _ => JsonValue.Create(random.NextInt64()),
    };

    private string Numeral() => Pick(s_numbers) is var n && n.StartsWith("-0", StringComparison.Ordinal) ? "0" : n;

    private (HttpContent Content, string Shown) Multipart()
    {
        if (Chance(0.1))
            return Raw("--x\r\nnothing", Pick([
                "multipart/form-data; boundary=x", "multipart/form-data", "multipart/mixed; boundary=x", "application/json",
                "multipart/form-data; boundary=\"\""]));
        var form = new MultipartFormDataContent();
        for (var parts = random.Next(1, 5); parts > 0; parts--)
        {
            var name = Pick(["video_clip", "video_clip", "camera_id", "captured_at", "other"]);
            HttpContent part = name == "video_clip"
                ? new ByteArrayContent(Chance(0.7) ? WholeHost.Clip($"{random.Next(50)}") : Encoding.UTF8.GetBytes(Pick(s_texts)))
                : new StringContent(Chance(0.5) ? Pick(ids) : Chance(0.5) ? "2026-11-24T08:00:00Z" : Pick(s_texts));
            if (Chance(0.1))
                form.Add(part);
            else if (name == "video_clip")
                form.Add(part, name, Pick(["clip.mp4", "a/b\\c.mp4", "門.mp4", "x"]));
            else
                form.Add(part, name);
        }

        return (form, "multipart");
    }

    private (HttpContent Content, string Shown) Raw(string text, string mediaType)
    {
        var content = new ByteArrayContent(Chance(0.01) ? [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)] : Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return (content, string.Create(CultureInfo.InvariantCulture, $"{mediaType}: {(text.Length > 500 ? text[..500] + "…" : text)}"));
    }
}
