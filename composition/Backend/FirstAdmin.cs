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
    /// Makes the first superadmin from <c>Admin:Email</c> and <c>Admin:Password</c> or <c>Admin:PasswordFile</c>. Without a password one is
    /// made. At a terminal it is shown once; elsewhere, since standard error ends up in a log, it stays in a file and the log names the
    /// file. The database keeps only its hash.
    /// </summary>
    /// <remarks>
    /// The file is written before the account exists, also at a terminal: a process that is killed in between leaves a password that the
    /// next start uses, or one that opens the account that is there.
    /// </remarks>
    /// <param name="services">The Backend's.</param>
    /// <param name="installation">What to call it: the data folder.</param>
    /// <param name="file">Where a made password is kept.</param>
    public static async Task EnsureAsync(IServiceProvider services, string installation, FirstPasswordFile file)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var email = configuration["Admin:Email"] ?? DefaultEmail;
        var made = "";
        if (!await services.EnsureAdminAsync(email, Password))
            return;
        if (made.Length == 0)
        {
            // One that an earlier start made, and did not come to use, would open nothing.
            file.Remove();
        }
        else if (Console.IsErrorRedirected)
        {
            await Console.Error.WriteLineAsync(
                $"First start of {installation}: sign in as {email} with the password in {file.Path}. Remove that file once you have it.");
        }
        else
        {
            await Console.Error.WriteLineAsync(
                $"First start of {installation}: sign in as {email} with the password {made} (shown this once).");
            file.Remove();
        }

        string Password()
        {
            if (configuration["Admin:PasswordFile"] is { Length: > 0 } given)
                return File.ReadAllText(given).Trim();
            return configuration["Admin:Password"] ?? (made = file.GetOrMake(NewPassword));
        }
    }

    private static string NewPassword() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');
}

/// <summary>The file of a password that was made for the first superadmin.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="GetOrMake">Its content; where there is none it is written first, whole or not at all.</param>
/// <param name="Remove">Removes it, if it is there.</param>
public sealed record FirstPasswordFile(string Path, Func<Func<string>, string> GetOrMake, Action Remove);
