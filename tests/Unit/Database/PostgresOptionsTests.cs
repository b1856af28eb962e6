using Npgsql;
using Siaga.Database.Postgres;

namespace Siaga.Tests.Unit.Database;

public sealed class PostgresOptionsTests
{
    private const string Address = "Host=db;Database=siaga_backend;Username=siaga";

    [Fact]
    public void Statements_that_repeat_are_prepared()
    {
        var pooled = Parsed(Address);
        Assert.Equal((100, 2), (pooled.MaxAutoPrepare, pooled.AutoPrepareMinUsages));
    }

    [Theory]
    [InlineData("Max Auto Prepare=0", 0)]
    [InlineData("max auto prepare=7", 7)]
    public void Behind_a_pooler_that_can_be_turned_off(string setting, int most) =>
        Assert.Equal(most, Parsed($"{Address};{setting}").MaxAutoPrepare);

    [Fact]
    public void Kerberos_is_tried_only_where_it_is_asked_for()
    {
        Assert.Equal(GssEncryptionMode.Disable, Parsed(Address).GssEncryptionMode);
        Assert.Equal(GssEncryptionMode.Prefer, Parsed($"{Address};GSS Encryption Mode=Prefer").GssEncryptionMode);
    }

    [Fact]
    public void The_password_of_the_connection_string_is_first()
    {
        Assert.Equal("other", Parsed(Address, new PostgresOptions { ConnectionString = Address, Password = "other" }).Password);
        Assert.Equal("own", Parsed(Address, new PostgresOptions { ConnectionString = $"{Address};Password=own", Password = "o" }).Password);
    }

    [Theory]
    [InlineData("Database=siaga", "Host")]
    [InlineData("Host=db", "Database")]
    public void A_string_that_lacks_something_is_refused_and_says_what(string connection, string missing) => Assert.Contains(
        missing, Assert.Throws<ArgumentException>(() => Parsed(connection)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_client_waits_longer_than_the_server_lets_a_statement_run()
    {
        var pooled = Parsed(
            Address, new PostgresOptions { ConnectionString = Address, StatementTimeout = TimeSpan.FromMilliseconds(1500) });
        Assert.Equal(("-c statement_timeout=1500", 7), (pooled.Options!, pooled.CommandTimeout));
        Assert.Equal("-c geqo=off -c statement_timeout=30000", Parsed($"{Address};Options=-c geqo=off").Options);
    }

    [Theory]
    [InlineData(80, 50)]
    [InlineData(20, 20)]
    public void The_pool_stays_within_its_limit(int least, int kept)
    {
        var pooled = Parsed($"{Address};Minimum Pool Size={least}");
        Assert.Equal((kept, 50), (pooled.MinPoolSize, pooled.MaxPoolSize));
    }

    [Fact]
    public void A_migration_has_a_connection_of_its_own_without_a_time_limit()
    {
        var own = Parsed(Address, forMigrations: true);
        Assert.Equal((false, 0), (own.Pooling, own.CommandTimeout));
        Assert.Null(own.Options);
        Assert.Equal(0, own.MaxAutoPrepare);
    }

    private static NpgsqlConnectionStringBuilder Parsed(string connection, PostgresOptions? options = null, bool forMigrations = false) =>
        new((options ?? new PostgresOptions { ConnectionString = connection }).Connection(forMigrations));
}
