using System.Net;
using System.Text.Json;
using Siaga.App.Siaga.Commands.Demo;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Commands;

public sealed class DemoClientTests
{
    private readonly List<Key> _keys = [];
    private string _companies = """[{"id":7,"name":"Siaga demo"}]""";
    private string _cameras = """[{"id":9}]""";

    [Fact]
    public async Task After_any_number_of_demonstrations_there_is_room_for_another_key()
    {
        // The list has 50 a page, and a camera has two valid keys at most.
        _keys.AddRange(Enumerable.Range(1, 120).Select(i => new Key(i) { IsRevoked = i <= 118 }));
        for (var i = 0; i < 3; i++)
            Assert.Equal((9, "sck_new"), await CameraAsync());
        Assert.Single(_keys, k => !k.IsRevoked);
    }

    [Fact]
    public async Task Only_valid_keys_are_revoked()
    {
        _keys.AddRange([new Key(1) { IsRevoked = true }, new Key(2)]);
        using var server = new FakeServer(Answer);
        await CameraAsync(server);
        Assert.Equal(["DELETE /api/cameras/9/keys/2"], server.Asked.Where(a => a.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_missing_is_created()
    {
        (_companies, _cameras) = ("""[{"id":3,"name":"Another"}]""", "[]");
        using var server = new FakeServer(Answer);
        await CameraAsync(server);
        Assert.Equal(
            ["POST /api/companies", "POST /api/cameras", "POST /api/cameras/9/keys"],
            server.Asked.Where(a => a.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Contains(
            "\"company_id\":7", server.Bodies.Single(b => b.Contains("Front gate", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_another_installation_is_refused_in_words()
    {
        using var server = new FakeServer(_ => FakeServer.Empty(HttpStatusCode.Unauthorized));
        using var client = new DemoClient(new Uri("http://siaga/"), server);
        Assert.Contains("--data", await client.SignInAsync("a", "b", CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0.909, true)]
    [InlineData(true, 0.891, true)]
    [InlineData(true, 0.911, false)]
    [InlineData(true, 0.889, false)]
    [InlineData(false, 0.9, false)]
    [InlineData(null, 0.9, false)]
    public void A_result_is_as_expected_with_the_verdict_and_every_score(bool? anomaly, double score, bool isAsExpected)
    {
        var labels = new Dictionary<string, double>(StringComparer.Ordinal) { ["fall"] = score };
        var expected = new Dictionary<string, double>(StringComparer.Ordinal) { ["fall"] = 0.9 };
        var result = new DemoResult("a.mp4", "c1", anomaly, "fall", labels, 1, 1, 1);
        Assert.Equal(isAsExpected, (result with { Expected = new SampleAnswer(true, expected) }).IsAsExpected);
        Assert.Equal(anomaly is not null, result.IsAsExpected);
        expected["run"] = 0.1;
        Assert.False((result with { Expected = new SampleAnswer(true, expected) }).IsAsExpected);
    }

    private async Task<(long, string)> CameraAsync(FakeServer? server = null)
    {
        using var own = new FakeServer(Answer);
        using var client = new DemoClient(new Uri("http://siaga/"), server ?? own);
        var camera = await client.EnsureCameraAsync(CancellationToken.None);
        return (camera.Id, camera.Key);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (request.Method == HttpMethod.Delete)
        {
            _keys.Single(k => path.EndsWith($"/{k.Id}", StringComparison.Ordinal)).IsRevoked = true;
            return FakeServer.Empty(HttpStatusCode.NoContent);
        }

        if (request.Method == HttpMethod.Post)
        {
            return path switch
            {
                "/api/companies" => FakeServer.Json("""{"company_id":7}"""),
                "/api/cameras" => FakeServer.Json("""{"camera_id":9}"""),
                _ => NewKey(),
            };
        }

        return path.StartsWith("/api/cameras/9/keys", StringComparison.Ordinal) ? Keys(path)
            : FakeServer.Json(path.StartsWith("/api/companies", StringComparison.Ordinal) ? _companies : _cameras);
    }

    private HttpResponseMessage NewKey()
    {
        if (_keys.Count(k => !k.IsRevoked) >= 2)
            return FakeServer.Json("""{"code":"too_many_keys"}""", HttpStatusCode.Conflict);
        _keys.Add(new Key(_keys.Count + 1));
        return FakeServer.Json("""{"key":"sck_new"}""");
    }

    private HttpResponseMessage Keys(string path)
    {
        var after = path.Contains("cursor=", StringComparison.Ordinal)
            ? int.Parse(path.Split("cursor=")[1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        var response = FakeServer.Json(JsonSerializer.Serialize(_keys.Skip(after).Take(50).Select(k => k.ToItem())));
        if (_keys.Count > after + 50)
            response.Headers.Add("Link", $"<http://public.example/api/cameras/9/keys?cursor={after + 50}>; rel=\"next\"");
        return response;
    }

    private sealed class Key(int id)
    {
        public int Id => id;

        public bool IsRevoked { get; set; }

        public Dictionary<string, object> ToItem()
        {
            var item = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = id };
            if (IsRevoked)
                item["revoked_at"] = "2025-06-01T12:00:00Z";
            return item;
        }
    }
}
