using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class DatabaseCheckTests
{
    [Fact]
    public async Task A_database_that_fails_in_any_way_does_not_answer()
    {
        var missing = await new DatabaseCheck<BackendDb>(new NoScopes(), new FakeTimeProvider()).CheckAsync(CancellationToken.None);
        Assert.Equal("database_unavailable", missing?.Code);
    }

    private sealed class NoScopes : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => throw new InvalidOperationException("The host has stopped.");
    }
}
