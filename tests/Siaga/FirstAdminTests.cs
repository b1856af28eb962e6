using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Siaga;

/// <summary>The first superadmin's password reaches the person who started Siaga, and no log.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class FirstAdminTests : IDisposable
{
    private const string Email = "admin@siaga.local";
    private const string Script = "/usr/bin/script";

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-admin-").FullName;

    private string PasswordFile => Path.Combine(_folder, "secrets", "admin-password");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_terminal_it_is_in_a_file_and_the_log_names_the_file_only()
    {
        string password;
        await using (var siaga = await SiagaProcess.ServeBareAsync("backend", _folder, []))
        {
            password = await File.ReadAllTextAsync(PasswordFile, TestContext.Current.CancellationToken);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordFile));
            Assert.True(password.Length >= 16, "the password is short");
            Assert.True(await MaySignInAsync(siaga.Address, password));
            Assert.Contains($"sign in as {Email} with the password in {PasswordFile}", siaga.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(password, siaga.Error, StringComparison.Ordinal);
        }

        await using var again = await SiagaProcess.ServeBareAsync("backend", _folder, []);
        Assert.DoesNotContain("First start", again.Error, StringComparison.Ordinal);
        Assert.Equal(password, await File.ReadAllTextAsync(PasswordFile, TestContext.Current.CancellationToken));
        Assert.True(await MaySignInAsync(again.Address, password));
    }

    [Fact]
    public async Task A_start_that_ended_between_file_and_account_loses_nothing()
    {
        // As the first start leaves it.
        Directory.CreateDirectory(Path.GetDirectoryName(PasswordFile)!);
        await File.WriteAllTextAsync(PasswordFile, "what-the-first-start-made", TestContext.Current.CancellationToken);

        // An empty setting counts as not set, as a deployment leaves one that it does not use.
        await using var siaga = await SiagaProcess.ServeBareAsync(
            "backend", _folder, [], "Admin:Email=", "Admin:Password=", "Admin:PasswordFile=");
        Assert.True(await MaySignInAsync(siaga.Address, "what-the-first-start-made"));
        Assert.Contains(PasswordFile, siaga.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_given_is_not_written_down_and_a_stale_file_goes()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PasswordFile)!);
        await File.WriteAllTextAsync(PasswordFile, "what-no-account-ever-had", TestContext.Current.CancellationToken);
        var given = Path.Combine(_folder, "given");
        await File.WriteAllTextAsync(given, "a long given password\n", TestContext.Current.CancellationToken);
        await using (var siaga = await SiagaProcess.ServeBareAsync("backend", _folder, [], $"Admin:PasswordFile={given}"))
        {
            Assert.True(await MaySignInAsync(siaga.Address, "a long given password"));
            Assert.False(File.Exists(PasswordFile));
        }

        // The file is read at the first start only.
        File.Delete(given);
        await using var again = await SiagaProcess.ServeBareAsync("backend", _folder, [], $"Admin:PasswordFile={given}");
        Assert.True(await MaySignInAsync(again.Address, "a long given password"));
    }

    [Fact]
    public async Task At_a_terminal_it_is_shown_once_and_kept_nowhere()
    {
        if (!File.Exists(Script))
            Assert.Skip("script, which gives a terminal, is not installed here (Debian's package bsdutils)");
        var (said, address) = await AtTerminalAsync(async (text, at) =>
        {
            var password = ShownPassword().Match(text).Groups["password"].Value;
            Assert.True(await MaySignInAsync(at, password), text);
        });
        Assert.False(File.Exists(PasswordFile), $"{said} {address}");
        await AtTerminalAsync((text, _) =>
        {
            Assert.DoesNotContain("First start", text, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
    }

    private static async Task<bool> MaySignInAsync(Uri address, string password)
    {
        using var api = new Api(address);
        return (await api.SendAsync(HttpMethod.Post, "api/login", new { email = Email, password })).Status == 200;
    }

    /// <summary>Runs the Backend at a pseudo-terminal until <paramref name="look"/> has completed.</summary>
    private async Task<(string Said, Uri Address)> AtTerminalAsync(Func<string, Uri, Task> look)
    {
        var command = $"exec '{Tree.Siaga}' backend --data '{_folder}' --port 0";
        using var process = Process.Start(new ProcessStartInfo(Script, ["-qefc", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder,
        })!;
        try
        {
            var said = new StringBuilder();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (true)
            {
                var line = await process.StandardOutput.ReadLineAsync(limit.Token);
                Assert.True(line is not null, $"it ended before it listened: {said}");
                said.AppendLine(line);
                if (Listening().Match(line) is { Success: true } found)
                {
                    var address = new Uri(found.Groups["address"].Value);
                    await look(said.ToString(), address);
                    return (said.ToString(), address);
                }
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [GeneratedRegex(@"with the password (?<password>\S+) \(shown", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShownPassword();

    [GeneratedRegex("listens at (?<address>http://[0-9.:]+/)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
