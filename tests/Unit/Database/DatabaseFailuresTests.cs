using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Primitives;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Database;

public sealed class DatabaseFailuresTests
{
    [Theory]
    [InlineData(DatabaseFailure.Full, ErrorKind.Unavailable, "storage_full")]
    [InlineData(DatabaseFailure.Unavailable, ErrorKind.Unavailable, "database_unavailable")]
    [InlineData(DatabaseFailure.Unstorable, ErrorKind.Invalid, "text_unstorable")]
    public void What_the_engine_knows_is_an_expected_failure(DatabaseFailure failure, ErrorKind kind, string code)
    {
        var error = Map(new IOException(), backend: _ => failure);
        Assert.Equal((kind, code), (error!.Kind, error.Code));
    }

    [Fact]
    public void What_only_the_feature_or_no_engine_knows_is_none()
    {
        Assert.Null(Map(new IOException(), backend: _ => DatabaseFailure.UniqueViolation));
        Assert.Null(Map(new IOException(), backend: _ => null));
    }

    [Fact]
    public void Each_service_s_engine_is_asked() =>
        Assert.Equal("storage_full", Map(new IOException(), backend: _ => null, ingestion: _ => DatabaseFailure.Full)?.Code);

    [Fact]
    public void A_change_that_came_second_is_a_conflict() =>
        Assert.Equal("changed_meanwhile", Map(new DbUpdateConcurrencyException(), backend: _ => null)?.Code);

    [Fact]
    public void Only_a_unique_index_s_refusal_means_that_another_was_first()
    {
        Assert.True(new FakeEngine(_ => DatabaseFailure.UniqueViolation).IsUniqueViolation(new DbUpdateException()));
        Assert.False(new FakeEngine(_ => DatabaseFailure.Full).IsUniqueViolation(new DbUpdateException()));
        Assert.False(new FakeEngine(_ => null).IsUniqueViolation(new DbUpdateException()));
    }

    private static Error? Map(
        Exception exception, Func<Exception, DatabaseFailure?> backend, Func<Exception, DatabaseFailure?>? ingestion = null)
    {
        var services = new ServiceCollection().AddKeyedSingleton<IDatabaseEngine>(typeof(BackendDb), new FakeEngine(backend));
        if (ingestion is not null)
            services.AddKeyedSingleton<IDatabaseEngine>(typeof(IngestionDb), new FakeEngine(ingestion));
        using var provider = services.BuildServiceProvider();
        return new DatabaseFailures(provider).Map(exception);
    }
}
