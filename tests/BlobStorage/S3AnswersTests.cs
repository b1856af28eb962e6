using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.BlobStorage;

/// <summary>What becomes of a server's answers: which are repeated, and as what the others are reported.</summary>
public sealed class S3AnswersTests
{
    private const string Key = "7/1/a.mp4";

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "SlowDown")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(408, "RequestTimeout")]
    public async Task A_server_that_is_busy_is_asked_three_times(int status, string code)
    {
        await using var server = await ScriptedS3.StartAsync(ScriptedAnswer.Error(status, code));
        var failure = await FailAsync(server, s => s.OpenReadAsync(Key, default));
        Assert.True(Assert.IsType<StorageUnavailableException>(failure).IsTransient);
        Assert.Contains($"{status} {code}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_was_busy_for_a_moment_is_no_failure()
    {
        await using var server = await ScriptedS3.StartAsync(
            ScriptedAnswer.Error(503, "SlowDown"), ScriptedAnswer.Error(500, "InternalError"), new ScriptedAnswer(204));
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        await storage.DeleteAsync(Key, default);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(403, "InvalidAccessKeyId")]
    [InlineData(400, "AuthorizationHeaderMalformed")]
    public async Task A_refusal_that_only_a_person_can_change_is_not_repeated(int status, string code)
    {
        await using var server = await ScriptedS3.StartAsync(ScriptedAnswer.Error(status, code, "As you were."));
        var failure = await FailAsync(server, s => s.OpenReadAsync(Key, default));
        Assert.False(Assert.IsType<StorageUnavailableException>(failure).IsTransient);
        Assert.Equal($"The object storage answers {status} {code} As you were.", failure.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(403, "QuotaExceeded")]
    [InlineData(507, "XMinioStorageFull")]
    [InlineData(500, "StorageFull")]
    public async Task A_full_server_is_not_asked_again(int status, string code)
    {
        await using var server = await ScriptedS3.StartAsync(ScriptedAnswer.Error(status, code));
        Assert.IsType<StorageFullException>(await FailAsync(server, s => PutAsync(s, 10)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_full_storage_is_said_in_the_ports_words_also_without_a_body()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(507));
        Assert.IsType<StorageFullException>(await FailAsync(server, s => PutAsync(s, 10)));
    }

    [Fact]
    public async Task A_proxys_page_instead_of_an_answer_counts_by_its_status()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(502, "<html><body>Bad <b>gateway</body>", "text/html"));
        var failure = await FailAsync(server, s => s.OpenReadAsync(Key, default));
        Assert.True(Assert.IsType<StorageUnavailableException>(failure).IsTransient);
        Assert.Equal("The object storage answers 502 BadGateway", failure.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_without_a_body_is_said_by_its_status()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(403));
        var failure = await FailAsync(server, s => s.FindAsync(Key, default));
        Assert.False(Assert.IsType<StorageUnavailableException>(failure).IsTransient);
        Assert.Equal("The object storage answers 403 Forbidden", failure.Message);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_a_failure()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(200, "<ListBucketResult><Contents><Key>a"));
        var failure = await FailAsync(server, async s => await s.ListAsync("", default).GetAsyncEnumerator().MoveNextAsync());
        Assert.True(Assert.IsType<StorageUnavailableException>(failure).IsTransient);
    }

    [Theory]
    [InlineData("\"not-a-hash\"")]
    [InlineData("\"odd\"")]
    [InlineData("\"00000000000000000000000000000000\"")]
    public async Task An_object_is_read_whatever_its_tag_is(string tag)
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(200, "bytes", "video/mp4") { Headers = [("ETag", tag)] });
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        await using var read = await storage.OpenReadAsync(Key, default);
        using var reader = new StreamReader(read!);
        Assert.Equal("bytes", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData(301, "PermanentRedirect")]
    [InlineData(307, "TemporaryRedirect")]
    public async Task A_redirect_is_not_followed(int status, string code)
    {
        await using var elsewhere = await ScriptedS3.StartAsync(new ScriptedAnswer(200));
        await using var server = await ScriptedS3.StartAsync(ScriptedAnswer.Error(status, code) with
        {
            Headers = [("Location", new Uri(elsewhere.Address, "clips/" + Key).ToString()), ("x-amz-bucket-region", "eu-west-1")],
        });
        Assert.False(Assert.IsType<StorageUnavailableException>(await FailAsync(server, s => s.OpenReadAsync(Key, default))).IsTransient);
        Assert.False(Assert.IsType<StorageUnavailableException>(await FailAsync(server, s => PutAsync(s, 10))).IsTransient);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task What_does_not_exist_is_null_for_reads_and_done_for_deletions()
    {
        await using var server = await ScriptedS3.StartAsync(ScriptedAnswer.Error(404, "NoSuchKey"));
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        Assert.Null(await storage.OpenReadAsync(Key, default));
        Assert.Null(await storage.FindAsync(Key, default));
        await storage.DeleteAsync(Key, default);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_object_that_stops_in_the_middle_is_a_failure_after_the_time_for_one_read()
    {
        await using var server = await ScriptedS3.StartAsync(new ScriptedAnswer(200, "half", "video/mp4") { Stalls = true });
        using var storage = new S3BlobStorage(server.Options with { Timeout = TimeSpan.FromMilliseconds(500) }, TimeProvider.System);
        await using var read = await storage.OpenReadAsync(Key, default);
        var bytes = new byte[5];
        await Assert.ThrowsAsync<StorageUnavailableException>(() => read!.ReadExactlyAsync(bytes).AsTask())
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("half"u8, bytes.AsSpan(0, 4));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_no_failure_of_the_storage()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = await ScriptedS3.StartAsync((_, _) =>
        {
            cancel.Cancel();
            return ScriptedAnswer.Error(503, "SlowDown");
        });
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.OpenReadAsync(Key, cancel.Token));
        Assert.Single(server.Requests);
    }

    private static async Task<Exception> FailAsync(ScriptedS3 server, Func<IBlobStorage, Task> act)
    {
        using var storage = new S3BlobStorage(server.Options, TimeProvider.System);
        return await Assert.ThrowsAnyAsync<IOException>(() => act(storage));
    }

    private static async Task PutAsync(IBlobStorage storage, int size)
    {
        await using var upload = await storage.BeginUploadAsync(Key, default);
        await upload.Content.WriteAsync(new byte[size]);
        await upload.CommitAsync(Key, default);
    }
}
