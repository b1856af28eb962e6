using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.BlobStorage;
using Siaga.Intake;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Intake;

/// <summary>What is refused of an upload, before anything is recorded.</summary>
public sealed class ClipReceiverTests
{
    private const string Boundary = "frontier";
    private const string FormType = "multipart/form-data; boundary=" + Boundary;

    private static readonly string s_clip = "\0\0\0\u0018ftypmp42" + new string('x', 100);
    private static readonly KnownKey s_key = new() { Id = 31, Hash = "", CameraId = 9, CompanyId = 7, Active = true };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
    private readonly FakeStorage _storage = new();
    private readonly IntakeOptions _options = new() { MaxClipBytes = 1000, MaxClockAhead = TimeSpan.FromMinutes(5) };

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/mixed; boundary=frontier")]
    public async Task A_body_that_is_no_form_is_refused(string? type) => Assert.Equal("multipart_expected", await SendAsync(type, ""));

    [Theory]
    [InlineData(200, "multipart_expected", false)]
    [InlineData(201, "multipart_expected", true)]
    public async Task A_boundary_has_at_most_200_characters(int length, string code, bool isRefused) =>
        Assert.Equal(isRefused, await SendAsync($"multipart/form-data; boundary={new string('b', length)}", "") == code);

    [Fact]
    public async Task A_form_without_a_clip_is_refused() => Assert.Equal("clip_missing", await CodeOfAsync(Field("note", "x")));

    [Fact]
    public async Task A_second_clip_is_refused() => Assert.Equal("more_than_one_clip", await CodeOfAsync(File(s_clip), File(s_clip)));

    [Theory]
    [InlineData(20, "clip_missing")]
    [InlineData(21, "too_many_parts")]
    public async Task A_form_has_at_most_20_parts(int parts, string code) =>
        Assert.Equal(code, await CodeOfAsync([.. Enumerable.Repeat(Field("note", "x"), parts)]));

    [Theory]
    [InlineData("", "clip_empty")]
    [InlineData("short", "clip_too_short")]
    [InlineData("<!doctype html><html></html>", "clip_not_video")]
    public async Task A_file_that_is_no_video_is_refused_and_not_stored(string content, string code)
    {
        _storage.Failure = new InvalidOperationException("Nothing is to be stored.");
        Assert.Equal(code, await CodeOfAsync(File(content)));
    }

    [Theory]
    [InlineData("9", false)]
    [InlineData("cam9", false)]
    [InlineData("", false)]
    [InlineData("10", true)]
    [InlineData("cam10", true)]
    [InlineData("gate", true)]
    public async Task A_camera_that_is_not_the_keys_is_refused(string camera, bool isRefused) =>
        Assert.Equal(isRefused ? "camera_not_found" : "clip_missing", await CodeOfAsync(Field("camera_id", camera)));

    [Theory]
    [InlineData("yesterday", "captured_at_invalid")]
    [InlineData("1989-12-31T23:59:59Z", "captured_at_invalid")]
    [InlineData("2026-11-30T08:05:00Z", null)]
    [InlineData("2026-11-30T15:05:00+07:00", null)]
    [InlineData("2026-11-30T08:05:01Z", "captured_at_in_future")]
    [InlineData("", null)]
    public async Task A_time_is_one_and_hardly_in_the_future(string captured, string? code)
    {
        // Two clips: the second is refused where the first was accepted.
        Assert.Equal(code ?? "more_than_one_clip", await CodeOfAsync(Field("captured_at", captured), File(s_clip), File(s_clip)));
        Assert.Empty(_storage.Objects);
    }

    [Theory]
    [InlineData(1000, "more_than_one_clip")]
    [InlineData(1001, "clip_too_large")]
    public async Task A_clip_has_at_most_so_many_bytes(int bytes, string code) =>
        Assert.Equal(code, await CodeOfAsync(File(s_clip.PadRight(bytes, 'x')), File(s_clip)));

    [Fact]
    public async Task An_upload_that_ends_in_the_middle_is_broken_off()
    {
        var whole = Body(File(s_clip.PadRight(600, 'x')));
        Assert.Equal("upload_broken_off", await SendAsync(FormType, whole[..^100]));
    }

    [Theory]
    [InlineData(1024, "clip_missing")]
    [InlineData(1025, "upload_broken_off")]
    public async Task A_field_is_short(int length, string code) =>
        Assert.Equal(code, await CodeOfAsync(Field("captured_at", "".PadLeft(length))));

    [Theory]
    [InlineData(200, "clip_missing")]
    [InlineData(201, "idempotency_key_too_long")]
    public async Task A_name_of_the_upload_has_at_most_200_characters(int length, string code) =>
        Assert.Equal(code, await SendAsync(FormType, Body(Field("note", "x")), new string('k', length)));

    [Fact]
    public async Task A_storage_that_is_full_is_no_fault_of_the_connection()
    {
        _storage.Failure = new StorageFullException("full", new IOException());
        await Assert.ThrowsAsync<StorageFullException>(() => CodeOfAsync(File(s_clip)));
    }

    [Theory]
    [InlineData("Bearer sck_a", null, "sck_a")]
    [InlineData("bearer  sck_a ", null, "sck_a")]
    [InlineData("Basic sck_a", null, null)]
    [InlineData(null, null, null)]
    [InlineData("Bearer sck_a", "sck_b", "sck_b")]
    [InlineData("Bearer sck_a", "", "sck_a")]
    public void A_key_is_sent_as_a_bearer_or_in_its_own_header(string? authorization, string? own, string? key)
    {
        var request = new DefaultHttpContext().Request;
        if (authorization is not null)
            request.Headers.Authorization = authorization;
        if (own is not null)
            request.Headers["X-Camera-Key"] = own;
        Assert.Equal(key, ReceiveClip.KeyOf(request));
    }

    private static string Field(string name, string value) => $"Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static string File(string content) =>
        $"Content-Disposition: form-data; name=\"video_clip\"; filename=\"a.mp4\"\r\n\r\n{content}\r\n";

    private static string Body(params string[] parts) => string.Concat(parts.Select(p => $"--{Boundary}\r\n{p}")) + $"--{Boundary}--\r\n";

    private Task<string?> CodeOfAsync(params string[] parts) => SendAsync(FormType, Body(parts));

    private async Task<string?> SendAsync(string? type, string body, string? name = null)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = type;
        request.Body = new MemoryStream(Encoding.Latin1.GetBytes(body));
        if (name is not null)
            request.Headers["Idempotency-Key"] = name;
        var anonymous = new AnonymousIngestion(null!, Options.Create(new CompatibilityOptions()), _time);
        var receiver = new ClipReceiver(_storage, null!, anonymous, new CompanyScope(), Options.Create(_options), _time);
        return (await receiver.ReceiveAsync(request, s_key, TestContext.Current.CancellationToken)).Error?.Code;
    }
}
