using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Siaga.Tests.Siaga;

/// <summary>Uploads with Ingestion's database in a file.</summary>
public sealed class FileUploadTests(FileUploadTestHost host) : UploadTests(host), IClassFixture<FileUploadTestHost>;

/// <summary>Uploads with Ingestion's database on PostgreSQL.</summary>
public sealed class PostgresUploadTests(PostgresUploadTestHost host) : UploadTests(host), IClassFixture<PostgresUploadTestHost>;

/// <summary>
/// Every kind of upload: each one gets a clear answer and, if it is refused, leaves nothing behind. Each test has a camera of its own.
/// </summary>
public abstract class UploadTests(UploadTestHost host) : IAsyncLifetime
{
    private Camera _camera = null!;
    private Traces _before;

    private static byte[] Video => File.ReadAllBytes(Tree.Anomaly);

    private Installation TestHost => host.TestHost;

    public async ValueTask InitializeAsync()
    {
        if (host.Missing is { } reason)
            Assert.Skip(reason);
        _camera = await TestHost.Api.MakeCameraAsync();
        _before = await TestHost.TracesAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sck_")]
    [InlineData("sck_0000000000000000000000000000000000000000000")]
    [InlineData("hunter2")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task Without_a_key_or_with_a_wrong_one_it_stays_shut(string? key)
    {
        Expect(401, "camera_key_refused", await TestHost.Api.UploadAsync(key, new ByteArrayContent(Video)));
        await ExpectLeftAsync(default);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_its_successor_is_not()
    {
        var other = (await TestHost.Api.SendAsync(HttpMethod.Post, $"api/cameras/{_camera.Id}/keys", new { })).Body.GetProperty("key")
            .GetString();
        Assert.Equal(
            202, (await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:00Z")).Status);
        Assert.Equal(204, (await TestHost.Api.SendAsync(HttpMethod.Delete, $"api/cameras/{_camera.Id}/keys/{_camera.KeyId}")).Status);
        await Eventually.TrueAsync(
            "the revoked key is refused",
            async () => (await TestHost.Api.UploadAsync(
                _camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:00Z")).Status == 401,
            TimeSpan.FromSeconds(10));
        Assert.Equal(202, (await TestHost.Api.UploadAsync(other, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:01Z")).Status);
    }

    [Fact]
    public async Task Another_companys_camera_is_not_found_and_its_own_is()
    {
        var other = await TestHost.Api.MakeCameraAsync();
        Expect(404, "camera_not_found", await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), cameraId: Text(other.Id)));
        Expect(404, "camera_not_found", await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), cameraId: "1 OR 1=1"));
        await ExpectLeftAsync(default);
        Assert.Equal(202, (await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), cameraId: Text(_camera.Id))).Status);
    }

    [Fact]
    public async Task The_camera_is_also_checked_when_it_is_named_after_the_clip()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Video), "video_clip", "a.mp4" },
            { new StringContent("999"), "camera_id" },
        };
        Expect(404, "camera_not_found", await TestHost.Api.PostAsync(_camera.Key, form));
        await ExpectLeftAsync(default);
    }

    [Theory]
    [InlineData("", 400, "clip_empty")]
    [InlineData("ab", 400, "clip_too_short")]
    [InlineData("<!doctype html><html><body>404 Not Found</body></html>", 415, "clip_not_video")]
    [InlineData("This is my holiday video, promise.\n", 415, "clip_not_video")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", 415, "clip_not_video")]
    public async Task What_is_no_video_is_told_so_at_the_door(string content, int status, string code)
    {
        Expect(status, code, await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Encoding.UTF8.GetBytes(content))));
        await ExpectLeftAsync(default);
    }

    [Fact]
    public async Task Without_a_file_or_with_two_it_is_refused()
    {
        Expect(400, "clip_missing", await TestHost.Api.UploadAsync(_camera.Key, null));
        Expect(400, "clip_missing", await TestHost.Api.UploadAsync(_camera.Key, null, cameraId: Text(_camera.Id)));
        using var two = new MultipartFormDataContent
        {
            { new ByteArrayContent(Video), "video_clip", "a.mp4" },
            { new ByteArrayContent(Video), "video_clip", "b.mp4" },
        };
        Expect(400, "more_than_one_clip", await TestHost.Api.PostAsync(_camera.Key, two));
        await ExpectLeftAsync(default);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("video/mp4", "raw")]
    public async Task What_is_no_multipart_is_unsupported(string type, string body)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        Expect(415, "multipart_expected", await TestHost.Api.PostAsync(_camera.Key, content));
    }

    [Fact]
    public async Task Broken_multipart_is_a_bad_request()
    {
        using var garbage = new StringContent("this is not what the header says");
        garbage.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(400, (await TestHost.Api.PostAsync(_camera.Key, garbage)).Status);
        using var many = new MultipartFormDataContent();
        for (var i = 0; i < 30; i++)
            many.Add(new StringContent("x"), $"field{i}");
        Expect(400, "too_many_parts", await TestHost.Api.PostAsync(_camera.Key, many));
        using var longField = new MultipartFormDataContent { { new StringContent(new string('1', 5000)), "camera_id" } };
        Assert.Equal(400, (await TestHost.Api.PostAsync(_camera.Key, longField)).Status);
        await ExpectLeftAsync(default);
    }

    [Theory]
    [InlineData("yesterday", "captured_at_invalid")]
    [InlineData("0001-01-01T00:00:00Z", "captured_at_invalid")]
    [InlineData("2026-13-01T00:00:00Z", "captured_at_invalid")]
    [InlineData("2126-01-01T00:00:00Z", "captured_at_in_future")]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    public async Task A_capture_time_that_cannot_be_is_refused(string at, string? code)
    {
        var answer = await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), capturedAt: at);
        Assert.Equal(400, answer.Status);
        if (code is not null)
            Assert.Equal(code, answer.Code);
        await ExpectLeftAsync(default);
    }

    [Fact]
    public async Task The_same_clip_twice_is_one_clip_and_another_capture_time_another()
    {
        var first = await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:00Z");
        var again = await TestHost.Api.UploadAsync(
            _camera.Key, new ByteArrayContent(Video), "renamed.mp4", capturedAt: "2026-01-01T07:00:00+07:00");
        var later = await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:10Z");
        Assert.Equal((202, 202, 202), (first.Status, again.Status, later.Status));
        Assert.Equal(ClipId(first), ClipId(again));
        Assert.NotEqual(ClipId(first), ClipId(later));
        await ExpectLeftAsync(new Traces(2, 0, 2));
    }

    [Fact]
    public async Task The_same_clip_sixteen_times_at_once_is_one_clip()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:00Z")));
        Assert.All(answers, a => Assert.Equal(202, a.Status));
        Assert.Single(answers.Select(ClipId).Distinct(StringComparer.Ordinal));
        await ExpectLeftAsync(new Traces(1, 0, 1));
    }

    [Fact]
    public async Task An_idempotency_key_names_one_clip_and_is_not_for_another()
    {
        var first = await TestHost.Api.UploadAsync(
            _camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:00:00Z", idempotencyKey: "k1");
        var again = await TestHost.Api.UploadAsync(
            _camera.Key, new ByteArrayContent(Video), capturedAt: "2026-01-01T00:09:00Z", idempotencyKey: "k1");
        Assert.Equal(ClipId(first), ClipId(again));
        var changed = await TestHost.Api.UploadAsync(_camera.Key, new ByteArrayContent([.. Video, 0]), idempotencyKey: "k1");
        Expect(409, "idempotency_key_reused", changed);
        Expect(400, "idempotency_key_too_long", await TestHost.Api.UploadAsync(
            _camera.Key, new ByteArrayContent(Video), idempotencyKey: new string('k', 300)));
        await ExpectLeftAsync(new Traces(1, 0, 1));
    }

    [Theory]
    [InlineData("../../../etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system.ini", "system.ini")]
    [InlineData("kamera gudang – malam ✓.mp4", "kamera gudang – malam ✓.mp4")]
    [InlineData("كاميرا البوابة.mp4", "كاميرا البوابة.mp4")]
    [InlineData("", "clip")]
    public async Task A_file_name_is_shown_and_never_a_path(string name, string shown)
    {
        Assert.Equal(202, (await PostNamedAsync(name)).Status);
        await ExpectLeftAsync(new Traces(1, 0, 1));
        Assert.All(Objects(), o => Assert.Matches(@"^\d+/\d+/\d{4}/\d\d/\d\d/[0-9a-f-]{36}_\d{8}T\d{6}Z\.mp4$", o));
        Assert.Equal(shown, await TestHost.OriginalFilenameAsync());
    }

    [Fact]
    public async Task A_name_with_NUL_or_of_4000_characters_is_made_harmless()
    {
        Assert.Equal(202, (await PostNamedAsync("a\0b\u202Egpj.mp4")).Status);
        Assert.Equal("abgpj.mp4", await TestHost.OriginalFilenameAsync());
        Assert.Equal(202, (await PostNamedAsync(new string('n', 4000) + ".mp4", "2026-02-02T00:00:00Z")).Status);
        Assert.All(Objects(), o => Assert.True(o.Length < 120));
    }

    [Fact]
    public async Task A_clip_says_where_it_is_to_its_camera_and_to_no_other()
    {
        var other = await TestHost.Api.MakeCameraAsync();
        var clip = ClipId(await TestHost.Api.UploadAsync(_camera, Tree.Anomaly));
        var path = $"ingest/clips/{clip}";
        Assert.Equal(200, (await GetAsync(path, _camera.Key)).Status);
        Assert.Equal(404, (await GetAsync(path, other.Key)).Status);
        Assert.Equal(401, (await GetAsync(path, null)).Status);
        Assert.Equal(404, (await GetAsync("ingest/clips/unknown", _camera.Key)).Status);
        var mine = await TestHost.Api.SendAsync(HttpMethod.Get, path);
        Assert.Equal(200, mine.Status);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Video)), mine.Body.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_full_disk_is_said_and_nothing_is_left()
    {
        await using var full = await host.StartAsync(("Storage:MinimumFreeBytes", "1125899906842624"));
        var camera = await full.Api.MakeCameraAsync();
        Expect(503, "storage_full", await full.Api.UploadAsync(camera.Key, new ByteArrayContent(Video)));
        Assert.Equal(default, await full.TracesAsync());
    }

    private async Task ExpectLeftAsync(Traces expected) => Assert.Equal(expected, await TestHost.TracesAsync() - _before);

    private static void Expect(int status, string code, Answer answer)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.False(string.IsNullOrWhiteSpace(answer.Body.GetProperty("error").GetString()));
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string ClipId(Answer answer) => answer.Body.GetProperty("clip_id").GetString()!;

    private async Task<Answer> GetAsync(string path, string? key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(TestHost.Api.Address, path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, default);
    }

    private IEnumerable<string> Objects()
    {
        var root = Path.Combine(TestHost.Folder, "clips", "objects");
        return Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f));
    }

    /// <summary>Sends the file name byte by byte, as a hostile client could.</summary>
    private async Task<Answer> PostNamedAsync(string name, string capturedAt = "2026-01-01T00:00:00Z")
    {
        var head = $"--b\r\nContent-Disposition: form-data; name=\"captured_at\"\r\n\r\n{capturedAt}\r\n"
            + $"--b\r\nContent-Disposition: form-data; name=\"video_clip\"; filename=\"{name}\"\r\nContent-Type: video/mp4\r\n\r\n";
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(head), .. Video, .. "\r\n--b--\r\n"u8]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return await TestHost.Api.PostAsync(_camera.Key, content);
    }
}
