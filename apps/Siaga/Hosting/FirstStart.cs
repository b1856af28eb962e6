using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Accounts;
using Siaga.Composition.Wiring;

namespace Siaga.App.Siaga.Hosting;

/// <summary>The first superadmin of an installation.</summary>
internal static class FirstStart
{
    private const string DefaultEmail = "admin@siaga.local";

    /// <summary>
    /// Makes the first superadmin from <c>Admin:Email</c> and <c>Admin:Password</c>. Without a password one is made and shown once, on
    /// standard error; it is stored only as a hash.
    /// </summary>
    public static async Task EnsureAdminAsync(IServiceProvider services, DataFolder folder)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var email = configuration["Admin:Email"] ?? DefaultEmail;
        var given = configuration["Admin:Password"];
        var password = given ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');
        if (await services.EnsureAdminAsync(email, password) && given is null)
        {
            await Console.Error.WriteLineAsync(
                $"First start of {folder.Path}: sign in as {email} with the password {password} (shown this once).");
        }
    }
}
