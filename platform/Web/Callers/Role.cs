namespace Siaga.Web;

/// <summary>A person's role. Each includes the rights of those before it.</summary>
public enum Role
{
    /// <summary>Views the company's cameras and anomalies, and handles anomalies.</summary>
    User,

    /// <summary>Also manages the company's users, cameras and keys.</summary>
    CompanyAdmin,

    /// <summary>Also manages companies, and sees all of them.</summary>
    Superadmin,
}

/// <summary>The roles' names in HTTP, tokens and the database.</summary>
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
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <summary>Null when the name is not a role.</summary>
    public static Role? ToRole(string? name) => name switch
    {
        User => Role.User,
        CompanyAdmin => Role.CompanyAdmin,
        Superadmin => Role.Superadmin,
        _ => null,
    };
}
