namespace Siaga.Web;

/// <summary>What a person may do; each may all that the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads the company's cameras and anomalies, and answers them.</summary>
    User,

    /// <summary>Also manages the company's users, cameras and keys.</summary>
    CompanyAdmin,

    /// <summary>Also manages companies, and sees all of them.</summary>
    Superadmin,
}

/// <summary>The names under which roles cross HTTP, tokens and the database.</summary>
public static class RoleNames
{
    public const string User = "user";
    public const string CompanyAdmin = "company_admin";
    public const string Superadmin = "superadmin";

    public static string ToName(this Role role) => role switch
    {
        Role.User => User,
        Role.CompanyAdmin => CompanyAdmin,
        Role.Superadmin => Superadmin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    /// <summary>Null for a name that is no role.</summary>
    public static Role? ToRole(string? name) => name switch
    {
        User => Role.User,
        CompanyAdmin => Role.CompanyAdmin,
        Superadmin => Role.Superadmin,
        _ => null,
    };
}
