using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Siaga.Database.Postgres;

/// <summary>Classifies PostgreSQL's errors.</summary>
internal static class PostgresFailures
{
    // The server reports this internal error to a new connection when the disk is full; seen on PostgreSQL 15.
    private const string NoRoomForNewConnection = "could not write init file";

    public static DatabaseFailure? Of(Exception exception)
    {
        // EF wraps the error of a failed change, and of the last retry.
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case PostgresException { SqlState: PostgresErrorCodes.InternalError, MessageText: NoRoomForNewConnection }:
                    return DatabaseFailure.Full;
                case PostgresException postgres:
                    return Of(postgres.SqlState);
                case EncoderFallbackException:
                    // An incomplete character, such as half of a surrogate pair.
                    return DatabaseFailure.Unstorable;
                case NpgsqlException { InnerException: IOException or SocketException or TimeoutException }:
                    return DatabaseFailure.Unavailable;
            }
        }

        return null;
    }

    /// <summary>True when the server certainly did nothing for the statement, so that a retry cannot apply it twice.</summary>
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

        // Statement timeout, lock timeout, or a conflict with another transaction.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => DatabaseFailure.Unavailable,

        // Shutting down, starting up, out of connections or memory, a missing database or a refused login.
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) || state == PostgresErrorCodes.InvalidCatalogName
            || state == PostgresErrorCodes.ObjectNotInPrerequisiteState
            || state == PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFailure.Unavailable,
        _ => null,
    };
}
