using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class ExpectedFailuresTests
{
    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new BrokerUnreachableException(new IOException()), true },
        { new IOException(), true },
        { new SocketException(), true },
        { new TimeoutException(), true },
        { new OperationCanceledException(), true },
        { new ObjectDisposedException("channel"), true },
        { new InvalidOperationException(), false },
        { new ArgumentException("A bug."), false },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public async Task Every_sign_of_a_server_that_is_away_becomes_one_failure_and_a_bug_stays_one(Exception exception, bool isAway)
    {
        Assert.Equal(isAway, exception.MeansAway());
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => ExpectedFailures.AnsweringAsync<int>(() => throw exception, default));
        Assert.Equal((isAway, !isAway), (thrown is BrokerUnavailableException, ReferenceEquals(thrown, exception)));
    }

    [Fact]
    public async Task A_failure_that_says_more_is_kept()
    {
        var alarm = new BrokerUnavailableException("RabbitMQ takes no messages: low on disk.");
        Assert.Same(alarm, await Assert.ThrowsAsync<BrokerUnavailableException>(
            () => ExpectedFailures.AnsweringAsync<int>(() => throw alarm, default)));
    }

    [Fact]
    public async Task A_caller_that_gave_up_itself_is_not_told_that_the_server_is_away()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => ExpectedFailures.AnsweringAsync<int>(() => throw new OperationCanceledException(), stop.Token));
    }

    [Fact]
    public async Task An_answer_is_passed_on() => Assert.Equal(7, await ExpectedFailures.AnsweringAsync(() => Task.FromResult(7), default));
}
