using Microsoft.AspNetCore.Http;
using Siaga.Messaging;
using Siaga.Operations;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Operations;

public sealed class BrokerAdminTests
{
    private readonly FakeOutages _outages = new() { Expected = e => e is BrokerUnavailableException };
    private readonly HeardLog<BrokerAdmin> _log = new();

    [Fact]
    public async Task An_answer_is_given_on_and_ends_the_outage()
    {
        Assert.Equal(3, (await AskAsync(() => 3)).Value);
        Assert.Single(_outages.Successes);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_said_to_be_and_logged_as_an_outage_alone()
    {
        Assert.Equal("broker_unavailable", (await AskAsync(() => throw new BrokerUnavailableException("away"))).Error!.Code);
        Assert.Empty(_log.Events);
        Assert.Empty(_outages.Successes);
    }

    [Fact]
    public async Task A_surprise_is_logged_and_not_told()
    {
        Assert.Equal(BrokerAdmin.Unavailable, (await AskAsync(() => throw new InvalidOperationException("secret"))).Error);
        Assert.Equal([2601], _log.Events);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_an_outage()
    {
        await AskAsync(() => throw new OperationCanceledException());
        Assert.Equal(["broker_unavailable: questions to the broker"], _outages.Failures);
    }

    [Fact]
    public async Task A_person_who_left_gets_no_answer()
    {
        using var left = new CancellationTokenSource();
        await left.CancelAsync();
        var context = new DefaultHttpContext { RequestAborted = left.Token };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BrokerAdmin(null!, _outages, _log)
            .AskAsync(context, (_, cancellationToken) => Task.FromCanceled<int>(cancellationToken)));
        Assert.Empty(_outages.Failures);
    }

    private Task<Result<int>> AskAsync(Func<int> ask) =>
        new BrokerAdmin(null!, _outages, _log).AskAsync(new DefaultHttpContext(), (_, _) => Task.Run(ask));
}
