using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Siaga.BlobStorage.S3;

/// <summary>Makes the library's client, which knows nothing but <see cref="S3Options"/>.</summary>
internal static class S3ClientFactory
{
    /// <param name="options">Keys, region and bucket style.</param>
    /// <param name="endpoint">The server; for links the address that browsers use.</param>
    public static AmazonS3Client Create(S3Options options, Uri endpoint)
    {
        // The client's monitoring would send each call's data to a port that a profile or the environment names. It is decided once per
        // process, when the first client is made.
        AWSConfigs.CSMConfig.CSMEnabled = false;
        return new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), Settings(options, endpoint));
    }

    /// <summary>
    /// Every setting that the library otherwise takes from a profile's file, the environment or a cloud's metadata service. Siaga's own
    /// configuration is the only source, and a machine's AWS settings must not change where clips go.
    /// </summary>
    private static AmazonS3Config Settings(S3Options options, Uri endpoint) => new()
    {
        ServiceURL = endpoint.GetLeftPart(UriPartial.Authority),
        IgnoreConfiguredEndpointUrls = true,
        AuthenticationRegion = options.Region,
        ForcePathStyle = !options.VirtualHosted,
        HttpClientFactory = new S3HttpClientFactory(options),
        BufferSize = 128 * 1024,

        // S3Calls limits and repeats, so that every failure gets the same treatment.
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
        RetryMode = RequestRetryMode.Standard,
        Timeout = Timeout.InfiniteTimeSpan,

        // This says that the HTTP client follows redirects, which ours does not: otherwise the library would, to any host.
        AllowAutoRedirect = true,

        // The signature covers the body's SHA-256 already. Checksums of Amazon's own confuse other vendors' servers.
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        DisableRequestCompression = true,
        RequestMinCompressionSizeBytes = 10_240,

        // Any other mode may ask the metadata service which region this machine is in.
        DefaultConfigurationMode = DefaultConfigurationMode.Standard,
        EndpointDiscoveryEnabled = false,
        UseDualstackEndpoint = false,
        UseFIPSEndpoint = false,
        UseArnRegion = false,
        USEast1RegionalEndpointValue = S3UsEast1RegionalEndpointValue.Regional,
        DisableMultiregionAccessPoints = true,
        DisableS3ExpressSessionAuth = true,
        DisableClockSkewCorrection = true,
        AccountIdEndpointMode = AccountIdEndpointMode.DISABLED,
        AuthSchemePreference = [],
        SigV4aSigningRegionSet = [],
        ClientAppId = "siaga",
        DisableLogging = true,
    };
}
