using Microsoft.Extensions.Options;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Refuses a start without the secrets that services share, and names all that are missing.</summary>
/// <param name="missing">At least one.</param>
/// <param name="files">The data folder's secrets, which may date from a time when services made their own.</param>
internal sealed class MissingSecrets(IReadOnlyList<SharedSecret> missing, SecretFiles files) : IValidateOptions<ServiceTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceTokenOptions options) => ValidateOptionsResult.Fail(
        "On PostgreSQL or RabbitMQ services share keys and tokens. Set these to files with the same content for every service "
        + $"('openssl rand -base64 48' generates it): {string.Join(", ", missing.Select(Named))}.");

    private string Named(SharedSecret secret) =>
        files.Has(secret.FileName) ? $"{secret.FileSetting} (this data folder has {files.PathOf(secret.FileName)})" : secret.FileSetting;
}
