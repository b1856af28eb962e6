using Microsoft.Data.Sqlite;
using Siaga.Database;
using Siaga.Database.Sqlite;

namespace Siaga.Tests.Unit.Database;

public sealed class SqliteEngineTests
{
    private readonly SqliteEngine _engine = new("none.db");

    [Theory]
    [InlineData(19, 2067, DatabaseFailure.UniqueViolation)]
    [InlineData(19, 1555, DatabaseFailure.UniqueViolation)]
    [InlineData(19, 787, null)]
    [InlineData(13, 13, DatabaseFailure.Full)]
    [InlineData(5, 5, DatabaseFailure.Unavailable)]
    [InlineData(6, 262, DatabaseFailure.Unavailable)]
    [InlineData(10, 266, DatabaseFailure.Unavailable)]
    [InlineData(14, 14, DatabaseFailure.Unavailable)]
    [InlineData(1, 1, null)]
    public void An_error_means_what_its_code_says_also_where_ef_wraps_it(int code, int extended, DatabaseFailure? failure)
    {
        var exception = new SqliteException("Failed.", code, extended);
        Assert.Equal(failure, _engine.FailureOf(exception));
        Assert.Equal(failure, _engine.FailureOf(new InvalidOperationException("Saving failed.", exception)));
    }

    [Fact]
    public void Another_exception_is_unexpected() => Assert.Null(_engine.FailureOf(new IOException()));
}
