using Microsoft.Extensions.Options;
using Siaga.Analysis;

namespace Siaga.Tests.Unit.Analysis;

public sealed class AnalysisSlotsTests
{
    [Fact]
    public void Two_tasks_are_taken_for_each_slot()
    {
        using var slots = new AnalysisSlots(Options.Create(new WorkerOptions { Concurrency = 3 }));
        Assert.Equal(6, slots.Hands);
    }

    [Fact]
    public async Task A_slot_is_given_on_when_its_work_ends_or_fails()
    {
        using var slots = new AnalysisSlots(Options.Create(new WorkerOptions { Concurrency = 1 }));
        using var goOn = new ManualResetEventSlim();
        var first = slots.RunAsync<int>(
            () =>
            {
                goOn.Wait(TestContext.Current.CancellationToken);
                throw new InvalidOperationException();
            },
            TestContext.Current.CancellationToken);
        var second = slots.RunAsync(() => 2, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        goOn.Set();
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal(2, await second);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, "model.h5", true)]
    [InlineData(false, null, false)]
    [InlineData(false, "", false)]
    public void A_worker_looks_at_clips_with_something(bool scene, string? model, bool isGood) => Assert.Equal(
        isGood, new DetectorRequiredValidator().Validate(null, new WorkerOptions { Scene = scene, Model = model }).Succeeded);
}
