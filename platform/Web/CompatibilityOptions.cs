using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>
/// Section <c>Compatibility</c>: unsafe behaviour that older clients need. All off by default; each
/// one in use is logged as a warning at every start.
/// </summary>
public sealed class CompatibilityOptions
{
    public const string Section = "Compatibility";

    /// <summary>
    /// Accepts clips without a camera key, by the <c>camera_id</c> of the upload alone. Then anyone can upload for any camera.
    /// </summary>
    public bool KeylessIngestion { get; set; }

    /// <summary>
    /// Lets anyone request an account in a company. It gets the role <c>user</c>, whatever role was
    /// requested, and waits for an admin's approval.
    /// </summary>
    public bool OpenRegistration { get; set; }
}

/// <summary>Logs at every start which unsafe options are on.</summary>
internal sealed partial class CompatibilityWarnings(IOptions<CompatibilityOptions> options, ILogger<CompatibilityWarnings> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeylessIngestion)
            LogOpen("KeylessIngestion", "anyone who reaches this server can upload clips for any camera");
        if (options.Value.OpenRegistration)
            LogOpen("OpenRegistration", "anyone who reaches this server can request an account");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1004, LogLevel.Warning, "Compatibility:{Setting} is on: {Meaning}. Switch it off as soon as your clients allow it")]
    private partial void LogOpen(string setting, string meaning);
}
