namespace Siaga.Primitives;

/// <summary>
/// Whose rows this unit of work may see. One a dependency-injection scope; set once, from the caller's token or by a piece of the
/// system that acts for no caller. Not set: no rows, and no changes.
/// </summary>
public sealed class CompanyScope
{
    private bool _isSet;

    /// <summary>The company whose rows are visible; 0 (no company has it) until set.</summary>
    public long CompanyId { get; private set; }

    /// <summary>True for a superadmin and for the system itself: every company's rows.</summary>
    public bool SeesAll { get; private set; }

    public void SetCompany(long companyId)
    {
        Claim();
        CompanyId = companyId;
    }

    /// <summary>Every company's rows, for <paramref name="reason"/> (a superadmin, a message handler, a login).</summary>
    public void SetAll(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Claim();
        SeesAll = true;
    }

    private void Claim()
    {
        // A scope that changes hands in the middle of a request is how one tenant reads another's rows.
        if (_isSet)
            throw new InvalidOperationException("The company of this unit of work has been decided already.");
        _isSet = true;
    }
}
