using Wire = Siaga.Messages.Api;

namespace Siaga.Accounts;

/// <summary>Maps roles between the API's records and the rules of the Backend.</summary>
internal static class WireRoles
{
    public static Wire.Role ToWire(this Web.Role role) => role switch
    {
        Web.Role.User => Wire.Role.User,
        Web.Role.CompanyAdmin => Wire.Role.CompanyAdmin,
        Web.Role.Superadmin => Wire.Role.Superadmin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    public static Web.Role FromWire(this Wire.Role role) => role switch
    {
        Wire.Role.User => Web.Role.User,
        Wire.Role.CompanyAdmin => Web.Role.CompanyAdmin,
        Wire.Role.Superadmin => Web.Role.Superadmin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };
}
