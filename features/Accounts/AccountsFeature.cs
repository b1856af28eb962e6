using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Accounts;

/// <summary>User accounts, sign-in and roles.</summary>
public static class AccountsFeature
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddStrictOptions<AccountsOptions, AccountsOptionsValidator>(configuration, AccountsOptions.Section);
        services.AddTables<BackendDb, AccountsModel>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<LoginLimiter>();
        services.AddSingleton<ISessions, SessionCheck>();
        services.AddScoped<Sessions>();
        services.AddScoped<RoleRules>();
        services.AddScoped<ICompanyArchiving, EndCompanyAccounts>();
        services.AddScoped<LogIn.SignIn>();
        services.AddScoped<RegisterUser.Registration>();
        services.AddScoped<ChangeUser.Change>();
        services.AddScoped<ChangePassword.Change>();
        services.AddScoped<AcceptInvitation.Acceptance>();
        services.AddScoped<ManageWorkerTokens.Making>();
        services.AddScoped<IDeviceRegistry, DeviceRegistry>();
        services.AddScoped<FirstAdmin>();
        return services;
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        LogIn.Map(routes);
        RefreshTokens.Map(routes);
        LogOut.Map(routes);
        if (routes.ServiceProvider.GetRequiredService<IOptions<CompatibilityOptions>>().Value.OpenRegistration)
            OpenRegistration.Map(routes);
        else
            RegisterUser.Map(routes);
        ApproveUser.Map(routes);
        ChangePassword.Map(routes);
        ListUsers.Map(routes);
        ChangeUser.Map(routes);
        DeleteUser.Map(routes);
        SetDevice.Map(routes);
        InviteSuperadmin.Map(routes);
        AcceptInvitation.Map(routes);
        ManageWorkerTokens.Map(routes);
    }

    /// <inheritdoc cref="EnsureAdminAsync(IServiceProvider, string, Func{string}, CancellationToken)"/>
    public static Task<bool> EnsureAdminAsync(
        this IServiceProvider services, string email, string password, CancellationToken cancellationToken = default) =>
        services.EnsureAdminAsync(email, () => password, cancellationToken);

    /// <summary>Creates a superadmin unless one exists. Call it after the database is migrated; safe to repeat.</summary>
    /// <param name="email">The superadmin's e-mail.</param>
    /// <param name="password">Called only if there is no superadmin, while no other process can create one.</param>
    /// <returns>True if this call created the account, with this password.</returns>
    /// <exception cref="InvalidOperationException">The e-mail or the password is not acceptable; the message says why.</exception>
    public static async Task<bool> EnsureAdminAsync(
        this IServiceProvider services, string email, Func<string> password, CancellationToken cancellationToken = default)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdmin>().EnsureAsync(email, password, cancellationToken);
    }
}
