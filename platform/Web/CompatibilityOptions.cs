using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>Section <c>Compatibility</c>: what older clients do that is not safe. All off by default; each is warned of at every start.</summary>
public sealed class CompatibilityOptions
{
    public const string Section = "Compatibility";

    /// <summary>Takes clips without a camera's key, by the <c>camera_id</c> of the upload alone: anybody can then upload for any camera.</summary>
    public bool KeylessIngestion { get; set; }

    /// <summary>Lets anybody ask for an account of a company. It is a <c>user</c>'s, whatever role was asked for, and waits for an admin.</summary>
    public bool OpenRegistration { get; set; }
}

/// <summary>Says at every start which doors stand open.</summary>
internal sealed partial class CompatibilityWarnings(IOptions<CompatibilityOptions> options, ILogger<CompatibilityWarnings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeylessIngestion)
            LogOpen("KeylessIngestion", "anybody who reaches this server can upload clips for any camera");
        if (options.Value.OpenRegistration)
            LogOpen("OpenRegistration", "anybody who reaches this server can ask for an account");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1004, LogLevel.Warning, "Compatibility:{Setting} is on: {Meaning}. Switch it off as soon as your clients allow")]
    private partial void LogOpen(string setting, string meaning);
}
