using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Accounts;

namespace Siaga.Composition.Backend;

/// <summary>The first superadmin of an installation.</summary>
public static class FirstAdmin
{
    private const string DefaultEmail = "admin@siaga.local";

    /// <summary>
    /// Makes the first superadmin from <c>Admin:Email</c> and <c>Admin:Password</c> or <c>Admin:PasswordFile</c>. Without a password one is made and shown once, on
    /// standard error; it is stored only as a hash.
    /// </summary>
    /// <param name="services">The Backend's.</param>
    /// <param name="installation">What to call it: the data folder.</param>
    public static async Task EnsureAsync(IServiceProvider services, string installation)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var email = configuration["Admin:Email"] ?? DefaultEmail;
        var given = configuration["Admin:PasswordFile"] is { Length: > 0 } file ? (await File.ReadAllTextAsync(file)).Trim() : configuration["Admin:Password"];
        var password = given ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');
        if (await services.EnsureAdminAsync(email, password) && given is null)
        {
            await Console.Error.WriteLineAsync(
                $"First start of {installation}: sign in as {email} with the password {password} (shown this once).");
        }
    }
}
