namespace Siaga.Ports;

/// <summary>Records who did what to what, when and from where. Append-only.</summary>
public interface IAuditLog
{
    /// <summary>
    /// Adds an entry to the current unit of work: it is stored if, and only if, that is saved.
    /// Actor and address are taken from the request.
    /// </summary>
    /// <param name="companyId">The company whose admins may read it; 0 for superadmins only.</param>
    /// <param name="action">Such as <c>camera_key.revoked</c>.</param>
    /// <param name="target">Such as <c>cameras/7/keys/12</c>. Never a secret or text that a user typed.</param>
    void Record(long companyId, string action, string target);
}
