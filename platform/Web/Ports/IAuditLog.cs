namespace Siaga.Web;

/// <summary>Who did what to what, when and from where. Only ever added to.</summary>
public interface IAuditLog
{
    /// <summary>
    /// Adds an entry to the unit of work in hand: it is kept if, and only if, that is saved. The actor and the address are those of the
    /// request.
    /// </summary>
    /// <param name="companyId">Whose admins may read it; 0: only superadmins.</param>
    /// <param name="action">Such as <c>camera_key.revoked</c>.</param>
    /// <param name="target">Such as <c>cameras/7/keys/12</c>. Never a secret, nor what somebody typed.</param>
    void Record(long companyId, string action, string target);
}
