namespace Siaga.Primitives;

/// <summary>
/// The company whose rows this unit of work may see. One for each dependency-injection scope; set once, from the caller's token or by a
/// part of the system that acts for no caller. Until it is set there are no rows and no changes.
/// </summary>
public sealed class CompanyScope
{
    private bool _isSet;

    /// <summary>The company whose rows are visible; 0, which no company has, until it is set.</summary>
    public long CompanyId { get; private set; }

    /// <summary>True for a superadmin and for the system itself: the rows of every company are visible.</summary>
    public bool SeesAll { get; private set; }

    public void SetCompany(long companyId)
    {
        Claim();
        CompanyId = companyId;
    }

    /// <summary>Shows the rows of every company, for <paramref name="reason"/> (a superadmin, a message handler, a login).</summary>
    public void SetAll(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Claim();
        SeesAll = true;
    }

    private void Claim()
    {
        // A scope that changes company in the middle of a request would let one tenant read another's rows.
        if (_isSet)
            throw new InvalidOperationException("The company of this unit of work has been decided already.");
        _isSet = true;
    }
}
