using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage.S3;

namespace Siaga.Composition.Wiring;

/// <summary>Where clips are kept.</summary>
public enum StorageKind
{
    /// <summary>Files in a folder.</summary>
    Files,

    /// <summary>A bucket on a server with the S3 protocol.</summary>
    S3,
}

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Default <c>files</c>.</summary>
    public StorageKind Kind { get; set; }

    /// <summary>The folder, for files. Default <c>clips</c> in the data folder.</summary>
    public string? Folder { get; set; }

    /// <summary>Uploads to files are refused while the disk has less free space. Bytes; default 256 MiB.</summary>
    [Range(0, 1L << 50)]
    public long MinimumFreeBytes { get; set; } = 256L << 20;

    [ValidateObjectMembers]
    public S3Settings S3 { get; set; } = new();
}

/// <summary>Section <c>Storage:S3</c>.</summary>
public sealed class S3Settings
{
    /// <summary>The address for the services, such as <c>http://s3:9000</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The address for browsers and phones. Default: <see cref="Endpoint"/>.</summary>
    public Uri? PublicEndpoint { get; set; }

    [RegularExpression("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")]
    public string? Bucket { get; set; }

    /// <summary>Creates the bucket at a start if it is missing; otherwise the start is refused. Default false.</summary>
    public bool MakeBucket { get; set; }

    [Required]
    public string Region { get; set; } = "us-east-1";

    /// <summary>Puts the bucket into the host name instead of the path. Default false.</summary>
    public bool VirtualHosted { get; set; }

    public string? AccessKey { get; set; }

    /// <summary>A file with the access key, instead.</summary>
    public string? AccessKeyFile { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>A file with the secret key, instead.</summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>How much of each upload is kept in memory; longer clips go in parts. Bytes; at least 5 MiB, the default.</summary>
    [Range(S3Options.SmallestPart, 1 << 28)]
    public int PartBytes { get; set; } = S3Options.SmallestPart;

    /// <summary>A request that takes longer is cancelled. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal S3Options ToOptions() => new()
    {
        Endpoint = Endpoint!,
        PublicEndpoint = PublicEndpoint,
        Bucket = Bucket!,
        AccessKey = SecretSetting.Read(AccessKey, AccessKeyFile)!,
        SecretKey = SecretSetting.Read(SecretKey, SecretKeyFile)!,
        Region = Region,
        VirtualHosted = VirtualHosted,
        PartBytes = PartBytes,
        Timeout = Timeout,
    };
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

/// <summary>Requires the settings of the chosen storage, and reports all that are missing at once.</summary>
internal sealed class StorageIsNamed : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.Kind != StorageKind.S3)
            return ValidateOptionsResult.Success;
        var (s3, wrong) = (options.S3, new List<string>());
        if (!IsServer(s3.Endpoint))
            wrong.Add("Storage:S3:Endpoint must name the server without a path, such as http://s3:9000.");
        if (s3.PublicEndpoint is not null && !IsServer(s3.PublicEndpoint))
            wrong.Add("Storage:S3:PublicEndpoint must name a server without a path, such as https://clips.example.");
        if (string.IsNullOrEmpty(s3.Bucket))
            wrong.Add("Storage:S3:Bucket must name the bucket.");
        wrong.AddRange(Wrong("AccessKey", s3.AccessKey, s3.AccessKeyFile));
        wrong.AddRange(Wrong("SecretKey", s3.SecretKey, s3.SecretKeyFile));
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static bool IsServer(Uri? uri) => uri is { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/" };

    private static IEnumerable<string> Wrong(string setting, string? value, string? file)
    {
        if (string.IsNullOrEmpty(value) && string.IsNullOrEmpty(file))
            yield return $"Storage:S3:{setting} or Storage:S3:{setting}File must be set.";
        else if (string.IsNullOrEmpty(value) && !File.Exists(file))
            yield return $"Storage:S3:{setting}File: there is no file {file}.";
    }
}
