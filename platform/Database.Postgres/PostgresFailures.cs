using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Siaga.Database.Postgres;

/// <summary>What PostgreSQL's failures mean.</summary>
internal static class PostgresFailures
{
    // What the server says to a new connection on a full disk, as an internal error; seen on PostgreSQL 15.
    private const string NoRoomForNewConnection = "could not write init file";

    public static DatabaseFailure? Of(Exception exception)
    {
        // EF wraps what a change met, and what it met after its tries were over.
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException { SqlState: PostgresErrorCodes.InternalError, MessageText: NoRoomForNewConnection }:
                    return DatabaseFailure.Full;
                case PostgresException postgres:
                    return Of(postgres.SqlState);
                case EncoderFallbackException:
                    // Half a character.
                    return DatabaseFailure.Unstorable;
                case NpgsqlException { InnerException: IOException or SocketException or TimeoutException }:
                    return DatabaseFailure.Unavailable;
            }
        }

        return null;
    }

    /// <summary>True when the server is sure to have done nothing of the statement, so that trying it again cannot do it twice.</summary>
    public static bool NothingWasDone(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException postgres:
                    return postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                        or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown;
                case NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } }:
                    return true;
            }
        }

        return false;
    }

    private static DatabaseFailure? Of(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => DatabaseFailure.UniqueViolation,
        PostgresErrorCodes.DiskFull => DatabaseFailure.Full,
        PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter => DatabaseFailure.Unstorable,

        // Given up after the statement's time, waiting for a lock, or against another transaction.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => DatabaseFailure.Unavailable,

        // Going down, coming up, out of connections or memory; a database that is not there, or lets nobody in.
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) || state == PostgresErrorCodes.InvalidCatalogName
            || state == PostgresErrorCodes.ObjectNotInPrerequisiteState
            || state == PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFailure.Unavailable,
        _ => null,
    };
}
