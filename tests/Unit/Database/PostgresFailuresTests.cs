using System.Net.Sockets;
using System.Text;
using Npgsql;
using Siaga.Database;
using Siaga.Database.Postgres;

namespace Siaga.Tests.Unit.Database;

public sealed class PostgresFailuresTests
{
    [Theory]
    [InlineData("23505", DatabaseFailure.UniqueViolation)]
    [InlineData("23503", null)]
    [InlineData("53100", DatabaseFailure.Full)]
    [InlineData("22021", DatabaseFailure.Unstorable)]
    [InlineData("22P05", DatabaseFailure.Unstorable)]
    [InlineData("57014", DatabaseFailure.Unavailable)]
    [InlineData("55P03", DatabaseFailure.Unavailable)]
    [InlineData("40001", DatabaseFailure.Unavailable)]
    [InlineData("40P01", DatabaseFailure.Unavailable)]
    [InlineData("08006", DatabaseFailure.Unavailable)]
    [InlineData("28P01", DatabaseFailure.Unavailable)]
    [InlineData("53300", DatabaseFailure.Unavailable)]
    [InlineData("57P01", DatabaseFailure.Unavailable)]
    [InlineData("58030", DatabaseFailure.Unavailable)]
    [InlineData("3D000", DatabaseFailure.Unavailable)]
    [InlineData("55000", DatabaseFailure.Unavailable)]
    [InlineData("25006", DatabaseFailure.Unavailable)]
    [InlineData("42601", null)]
    public void An_error_means_what_its_code_says_also_where_ef_wraps_it(string state, DatabaseFailure? failure)
    {
        Assert.Equal(failure, PostgresFailures.Of(Error(state)));
        Assert.Equal(failure, PostgresFailures.Of(new InvalidOperationException("Saving failed.", new IOException("", Error(state)))));
    }

    [Fact]
    public void A_new_connection_on_a_full_disk_is_told_by_its_text()
    {
        Assert.Equal(DatabaseFailure.Full, PostgresFailures.Of(Error("XX000", "could not write init file")));
        Assert.Null(PostgresFailures.Of(Error("XX000", "a bug")));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_away_and_a_bug_of_the_driver_is_not()
    {
        Assert.Equal(DatabaseFailure.Unavailable, PostgresFailures.Of(new NpgsqlException("Away.", new SocketException())));
        Assert.Equal(DatabaseFailure.Unavailable, PostgresFailures.Of(new NpgsqlException("Slow.", new TimeoutException())));
        Assert.Equal(DatabaseFailure.Unavailable, PostgresFailures.Of(new NpgsqlException("Broken.", new IOException())));
        Assert.Null(PostgresFailures.Of(new NpgsqlException("A bug.", new InvalidCastException())));
    }

    [Fact]
    public void Half_a_character_cannot_be_stored() =>
        Assert.Equal(DatabaseFailure.Unstorable, PostgresFailures.Of(new InvalidOperationException("", new EncoderFallbackException())));

    [Theory]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("53300", true)]
    [InlineData("57P03", true)]
    [InlineData("57P01", true)]
    [InlineData("57014", false)]
    [InlineData("08006", false)]
    [InlineData("23505", false)]
    public void Only_what_certainly_did_nothing_may_be_tried_again(string state, bool mayBeRepeated) =>
        Assert.Equal(mayBeRepeated, PostgresFailures.NothingWasDone(new InvalidOperationException("", Error(state))));

    [Theory]
    [InlineData(SocketError.ConnectionRefused, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    public void A_refused_connection_did_nothing_and_a_broken_one_may_have(SocketError error, bool mayBeRepeated) => Assert.Equal(
        mayBeRepeated, PostgresFailures.NothingWasDone(new NpgsqlException("Away.", new SocketException((int)error))));

    private static PostgresException Error(string state, string text = "failed") => new(text, "ERROR", "ERROR", state);
}
