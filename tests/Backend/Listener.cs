using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Siaga.Tests.Backend;

internal sealed record Received(string Id, string Name, JsonElement Data);

/// <summary>A client of the event stream.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private Listener(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _reader = new StreamReader(stream);
    }

    public HttpResponseHeaders Headers => _response.Headers;

    public static async Task<Listener> OpenAsync(Client client, string path = "/api/events", params (string Name, string Value)[] headers)
    {
        var response = await client.OpenAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseHeadersRead, headers);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var listener = new Listener(response, await response.Content.ReadAsStreamAsync());
        Assert.Equal(": welcome", await listener.LineAsync());
        return listener;
    }

    public async Task<Received> NextAsync() => await NextOrEndAsync() ?? throw new InvalidOperationException("The stream ended.");

    public async Task<Received?> NextOrEndAsync()
    {
        string id = "", name = "";
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return new Received(id, name, JsonDocument.Parse(line[6..]).RootElement);
        }

        return null;
    }

    public async Task<string?> NextCommentAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith(':'))
                return line;
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private Task<string?> LineAsync() => _reader.ReadLineAsync().WaitAsync(s_limit);
}
