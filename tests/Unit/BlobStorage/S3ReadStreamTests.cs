using Amazon.S3.Model;
using System.Net.Sockets;
using Siaga.BlobStorage;
using Siaga.BlobStorage.S3;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class S3ReadStreamTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(null)]
    public async Task A_whole_object_is_read_to_its_end(int? length)
    {
        await using var reading = Read(new Connection(), length);
        using var content = new MemoryStream();
        await reading.CopyToAsync(content, CancellationToken.None);
        Assert.Equal("clip!"u8.ToArray(), content.ToArray());
    }

    [Fact]
    public async Task An_object_that_ends_early_is_not_taken_for_a_whole_one()
    {
        await using var reading = Read(new Connection(), 6);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => reading.CopyToAsync(Stream.Null, CancellationToken.None));
    }

    [Fact]
    public async Task Reading_nothing_tells_nothing_of_the_end()
    {
        await using var reading = Read(new Connection(), 6);
        await reading.ReadExactlyAsync(new byte[5], CancellationToken.None);
        Assert.Equal(0, await reading.ReadAsync(Memory<byte>.Empty, CancellationToken.None));
    }

    [Fact]
    public async Task A_connection_that_fails_is_an_outage()
    {
        foreach (var failure in (Exception[])[new IOException(), new HttpRequestException(), new SocketException()])
        {
            await using var reading = Read(new Connection { Failure = failure }, 6);
            var outage = await Assert.ThrowsAsync<StorageUnavailableException>(
                () => reading.CopyToAsync(Stream.Null, CancellationToken.None));
            Assert.Same(failure, outage.InnerException);
            Assert.True(outage.IsTransient);
        }
    }

    [Fact]
    public async Task A_mistake_of_our_own_is_no_outage()
    {
        await using var reading = Read(new Connection { Failure = new InvalidOperationException() }, 6);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.CopyToAsync(Stream.Null, CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_sends_nothing_for_too_long_is_an_outage()
    {
        await using var reading = Read(new Connection { IsSilent = true }, 6, TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => reading.CopyToAsync(Stream.Null, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_that_gives_up_is_no_outage()
    {
        using var reader = new CancellationTokenSource();
        await using var reading = Read(new Connection { IsSilent = true }, 6);
        var copying = reading.CopyToAsync(Stream.Null, reader.Token);
        await reader.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copying);
    }

    private static S3ReadStream Read(Connection connection, int? length, TimeSpan? timeout = null)
    {
        var response = new GetObjectResponse { ResponseStream = connection };
        if (length is not null)
            response.ContentLength = length.Value;
        return new S3ReadStream(response, timeout ?? TimeSpan.FromMinutes(1));
    }

    /// <summary>Five bytes from a server, and then the end, a failure or silence.</summary>
    private sealed class Connection() : MemoryStream("clip!"u8.ToArray())
    {
        public Exception? Failure { get; init; }

        public bool IsSilent { get; init; }

        // What cannot be rewound has no length that could be known beforehand.
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Read(buffer.Span) is > 0 and var read)
                return read;
            if (Failure is not null)
                throw Failure;
            if (IsSilent)
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
