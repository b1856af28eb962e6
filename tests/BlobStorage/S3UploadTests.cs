using System.Globalization;
using System.Security.Cryptography;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.BlobStorage;

/// <summary>What an upload sends, and what it makes of answers that leave open whether the object is its own.</summary>
public sealed class S3UploadTests
{
    private const string Key = "7/1/a.mp4";

    private const int TwoParts = S3Options.SmallestPart + 1000;

    [Fact]
    public async Task A_short_object_is_one_request_signed_with_the_hash_of_its_bytes()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(200));
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        await UploadAsync(server, bytes);
        var put = Assert.Single(server.Requests);
        Assert.Equal(("PUT", $"/clips/{Key}"), (put.Method, put.Target));
        Assert.Equal(bytes, put.Body);
        AssertPlain(put);
        Assert.Equal("*", put.Headers.IfNoneMatch);
        Assert.Equal("video/mp4", put.Headers.ContentType);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), put.Headers["x-amz-meta-sha256"]);
    }

    [Fact]
    public async Task A_long_object_is_parts_signed_with_their_hashes_and_never_written_over()
    {
        await using var server = await ScriptedS3.StartAsync(new PartsScript().Answer);
        await UploadAsync(server, RandomNumberGenerator.GetBytes(TwoParts));
        ScriptedRequest[] sent = [.. server.Requests];
        Assert.Equal(["POST", "PUT", "PUT", "POST", "HEAD"], sent.Select(r => r.Method));
        Assert.Equal([S3Options.SmallestPart, 1000], sent[1..3].Select(r => r.Body.Length));
        Assert.All(sent, AssertPlain);
        Assert.Equal("video/mp4", sent[0].Headers.ContentType);
        Assert.Equal("*", sent[3].Headers.IfNoneMatch);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_that_exists_already_is_ours_if_its_hash_is_that_of_our_bytes(bool isOurs)
    {
        var bytes = new byte[100];
        var hash = Convert.ToHexStringLower(SHA256.HashData(isOurs ? bytes : [1]));
        await using var server = await ScriptedS3.StartAsync(
            ScriptedAnswer.Error(412, "PreconditionFailed"),
            new ScriptedAnswer(200) { Headers = [("x-amz-meta-sha256", hash), ("Content-Length", "100")] });
        await AssertTakenAsync(!isOurs, () => UploadAsync(server, bytes));
        Assert.Equal(["PUT", "HEAD"], server.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", true)]
    [InlineData(412, "PreconditionFailed", false)]
    [InlineData(404, "NoSuchUpload", true)]
    [InlineData(404, "NoSuchUpload", false)]
    public async Task A_completion_that_is_refused_is_done_if_the_object_is_this_uploads(int status, string code, bool isOurs)
    {
        var script = new PartsScript { Completion = ScriptedAnswer.Error(status, code), Owner = isOurs ? null : "another upload" };
        await using var server = await ScriptedS3.StartAsync(script.Answer);
        await AssertTakenAsync(!isOurs, () => UploadAsync(server, RandomNumberGenerator.GetBytes(TwoParts)));

        // The object of another upload is left alone.
        Assert.DoesNotContain(server.Requests, IsDeletion);
    }

    [Fact]
    public async Task An_error_under_a_success_is_repeated_and_then_a_failure_that_leaves_nothing()
    {
        var script = new PartsScript { Completion = ScriptedAnswer.Error(200, "InternalError") };
        await using var server = await ScriptedS3.StartAsync(script.Answer);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => UploadAsync(server, new byte[TwoParts]));
        Assert.True(failure.IsTransient);
        Assert.Equal(4, server.Requests.Count(r => r.Method == "POST"));
        Assert.Contains(server.Requests, r => r.Method == "DELETE" && !IsDeletion(r));
        Assert.Contains(server.Requests, IsDeletion);
    }

    [Fact]
    public async Task An_object_of_another_size_is_a_failure_and_removed()
    {
        await using var server = await ScriptedS3.StartAsync(new PartsScript { Lost = 1 }.Answer);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => UploadAsync(server, new byte[TwoParts]));
        Assert.Contains(server.Requests, IsDeletion);
    }

    private static async Task UploadAsync(ScriptedS3 server, byte[] bytes)
    {
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        await using var upload = await storage.BeginUploadAsync(Key, default);
        await upload.Content.WriteAsync(bytes);
        await upload.CommitAsync(Key, default);
    }

    private static async Task AssertTakenAsync(bool isTaken, Func<Task> act)
    {
        if (isTaken)
            Assert.IsType<IOException>(await Assert.ThrowsAnyAsync<IOException>(act));
        else
            await act();
    }

    /// <summary>Of the object, not of an unfinished upload.</summary>
    private static bool IsDeletion(ScriptedRequest request) =>
        request.Method == "DELETE" && !request.Target.Contains("uploadId", StringComparison.Ordinal);

    /// <summary>Signed for the server with the hash of the bytes, and sent at once, as they are.</summary>
    private static void AssertPlain(ScriptedRequest request)
    {
        Assert.Contains("Credential=configured-key/", request.Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Contains("/us-east-1/s3/aws4_request", request.Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(request.Body)), request.Headers["x-amz-content-sha256"]);
        Assert.DoesNotContain(request.Headers.Keys, name => name is "Expect" or "Content-Encoding" or "Transfer-Encoding"
            || name.StartsWith("x-amz-checksum", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A server that takes an object in parts.</summary>
    private sealed class PartsScript
    {
        private string _name = "";
        private int _size;

        /// <summary>Its answer to the completion; null for success.</summary>
        public ScriptedAnswer? Completion { get; init; }

        /// <summary>The upload of which the object is; null for the one that was begun.</summary>
        public string? Owner { get; init; }

        /// <summary>Bytes that the object lacks.</summary>
        public int Lost { get; init; }

        public ScriptedAnswer Answer(ScriptedRequest request, int before)
        {
            switch (request.Method)
            {
                case "POST" when before == 0:
                    _name = request.Headers["x-amz-meta-upload"].ToString();
                    return new ScriptedAnswer(
                        200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
                case "PUT":
                    _size += request.Body.Length;
                    return new ScriptedAnswer(200) { Headers = [("ETag", "\"of-a-part\"")] };
                case "POST":
                    return Completion
                        ?? new ScriptedAnswer(200, "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag></CompleteMultipartUploadResult>");
                case "HEAD":
                    var size = (_size - Lost).ToString(CultureInfo.InvariantCulture);
                    return new ScriptedAnswer(200)
                    {
                        Headers = [("x-amz-meta-upload", Owner ?? _name), ("Content-Length", size), ("ETag", "\"whole\"")],
                    };
                default:
                    return new ScriptedAnswer(204);
            }
        }
    }
}
