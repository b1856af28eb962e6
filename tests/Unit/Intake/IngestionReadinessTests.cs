using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Intake;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Intake;

public sealed class IngestionReadinessTests
{
    [Fact]
    public async Task A_database_that_does_not_answer_is_told_before_the_storage()
    {
        var storage = new FakeStorage { Failure = new StorageFullException("Full.", new IOException()) };
        var missing = await new IngestionReadiness(new DatabaseCheck<IngestionDb>(new NoScopes(), new FakeTimeProvider()), storage)
            .CheckAsync(CancellationToken.None);
        Assert.Equal("database_unavailable", missing?.Code);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("full", "storage_full")]
    [InlineData("away", "storage_unavailable")]
    public async Task A_storage_that_takes_no_clips_says_why_without_its_host(string? failure, string? code)
    {
        var storage = new FakeStorage
        {
            Failure = failure switch
            {
                null => null,
                "full" => new StorageFullException("s3:9000 is full.", new IOException()),
                _ => new StorageUnavailableException("s3:9000 does not answer.", new IOException()),
            },
        };
        var missing = await IngestionReadiness.CheckStoreAsync(storage, CancellationToken.None);
        Assert.Equal(code, missing?.Code);
        Assert.DoesNotContain("s3", missing?.Message ?? "", StringComparison.Ordinal);
    }

    private sealed class NoScopes : IServiceScopeFactory
    {
        public IServiceScope CreateScope() => throw new InvalidOperationException("The host has stopped.");
    }
}
