namespace Siaga.Database;

/// <summary>
/// A row that counts its changes. Saving a change to a version that is no longer the newest fails, so that of two people who change a thing
/// at the same moment the second hears of it.
/// </summary>
public interface IVersioned
{
    /// <summary>From 1; one more with each change.</summary>
    long Version { get; }
}

/// <summary>A row that is never changed and never removed. The database itself refuses too.</summary>
public interface IAppendOnly;
