using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Accounts;

namespace Siaga.Composition.Backend;

/// <summary>Creates the first superadmin of an installation.</summary>
public static class FirstAdmin
{
    private const string DefaultEmail = "admin@siaga.local";

    /// <summary>
    /// Creates the first superadmin from <c>Admin:Email</c> and <c>Admin:Password</c> or <c>Admin:PasswordFile</c>.
    /// Without a password, one is generated. At a terminal it is shown once. Elsewhere standard error ends up in a
    /// log, so the password stays in a file and the log names that file. The database stores only its hash.
    /// </summary>
    /// <remarks>
    /// The file is written before the account exists, also at a terminal. If the process is killed in between,
    /// the file holds a password that the next start uses, or one that opens the account that exists.
    /// </remarks>
    /// <param name="installation">What to call it: the data folder.</param>
    /// <param name="file">Where a generated password is stored.</param>
    public static async Task EnsureAsync(IServiceProvider services, string installation, FirstPasswordFile file)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var email = configuration["Admin:Email"] is { Length: > 0 } named ? named : DefaultEmail;
        var made = "";
        if (!await services.EnsureAdminAsync(email, Password))
            return;
        if (made.Length == 0)
        {
            // A password that an earlier start generated but did not use would open nothing.
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
                $"First start of {installation}: sign in as {email} with the password {made} (shown only once).");
            file.Remove();
        }

        string Password()
        {
            if (configuration["Admin:PasswordFile"] is { Length: > 0 } given)
                return File.ReadAllText(given).Trim();
            return configuration["Admin:Password"] is { Length: > 0 } set ? set : (made = file.GetOrMake(NewPassword));
        }
    }

    private static string NewPassword() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(15)).Replace('+', '-').Replace('/', '_');
}

/// <summary>The file of a password that was generated for the first superadmin.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="GetOrMake">Its content. If there is none, it is generated and written first, whole or not at all.</param>
/// <param name="Remove">Deletes it if it exists.</param>
public sealed record FirstPasswordFile(string Path, Func<Func<string>, string> GetOrMake, Action Remove);
