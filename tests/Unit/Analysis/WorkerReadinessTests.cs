using Microsoft.Extensions.Options;
using Siaga.Analysis;
using Siaga.Messaging;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

public sealed class WorkerReadinessTests
{
    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "detector_missing")]
    [InlineData(true, false, "broker_unavailable")]
    public async Task A_worker_is_ready_with_a_detector_and_a_broker(bool hasDetector, bool hasBroker, string? code)
    {
        var options = Options.Create(new WorkerOptions { Scene = hasDetector });
        using var model = new ModelInUse(options, null!);
        var broker = new FakeBroker { Failure = hasBroker ? null : new BrokerUnavailableException("Away.") };
        var missing = await new WorkerReadiness(broker, model, options).CheckAsync(CancellationToken.None);
        Assert.Equal(code, missing?.Code);
    }
}
