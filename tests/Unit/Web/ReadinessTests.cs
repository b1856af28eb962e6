using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class ReadinessTests
{
    private static readonly Error s_full = new(ErrorKind.Unavailable, "database_full", "Full.");

    [Fact]
    public async Task All_are_ready_if_none_fails()
    {
        Assert.Null(await CodeAsync(null, new Check("backend", () => null), new Check("worker", () => null)));
        Assert.Null(await CodeAsync(null));
    }

    [Fact]
    public async Task One_that_fails_is_told_with_its_reason_and_one_that_throws_with_none()
    {
        Assert.Equal("database_full", await CodeAsync(null, new Check("worker", () => null), new Check("backend", () => s_full)));
        Assert.Equal("not_ready", await CodeAsync(null, new Check("backend", () => throw new IOException())));
    }

    [Theory]
    [InlineData("backend", "database_full")]
    [InlineData("worker", null)]
    [InlineData("ingestion", null)]
    public async Task One_service_is_not_held_up_by_another(string service, string? code) =>
        Assert.Equal(code, await CodeAsync(service, new Check("backend", () => s_full), new Check("worker", () => null)));

    [Fact]
    public async Task Callers_that_come_during_a_look_share_it_and_later_ones_look_again()
    {
        var (going, looks) = (new TaskCompletionSource(), 0);
        var check = new Check("backend", () => null)
        {
            Wait = () => Interlocked.Increment(ref looks) == 1 ? going.Task : Task.CompletedTask,
        };
        var readiness = new Readiness([check]);
        var (first, second) = (readiness.CheckAsync(null, CancellationToken.None), readiness.CheckAsync("backend", CancellationToken.None));
        going.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(1, looks);
        await readiness.CheckAsync(null, CancellationToken.None);
        Assert.Equal(2, looks);
    }

    private static async Task<string?> CodeAsync(string? service, params Check[] checks) =>
        (await new Readiness(checks).CheckAsync(service, CancellationToken.None))?.Code;

    private sealed class Check(string service, Func<Error?> error) : IReadiness
    {
        public Func<Task> Wait { get; init; } = () => Task.CompletedTask;

        public string Service => service;

        public async Task<Error?> CheckAsync(CancellationToken cancellationToken)
        {
            await Wait();
            return error();
        }
    }
}
