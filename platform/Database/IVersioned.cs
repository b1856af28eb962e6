namespace Siaga.Database;

/// <summary>
/// A row with a version number. Saving a change to an outdated version fails, so that of two people who edit the same thing at once the
/// second one is told.
/// </summary>
public interface IVersioned
{
    /// <summary>Starts at 1 and grows by one with each change.</summary>
    long Version { get; }
}

/// <summary>A row that is never changed or removed. The database enforces it too.</summary>
public interface IAppendOnly;
