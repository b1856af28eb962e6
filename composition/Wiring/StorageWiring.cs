using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.BlobStorage;
using Siaga.BlobStorage.Files;
using Siaga.BlobStorage.S3;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Composition.Wiring;

/// <summary>Chooses the clip store by <c>Storage:Kind</c>.</summary>
public static class StorageWiring
{
    // A link that one Backend signs must work at another, which has the same signing key.
    private const string LinksPurpose = "siaga links";

    // When everything starts at once, the storage may be the last to be ready.
    private static readonly TimeSpan s_waitAtStart = TimeSpan.FromSeconds(60);

    internal static void AddStorage(this IServiceCollection services, IConfiguration configuration, DataFolder folder)
    {
        services.AddStrictOptions<StorageOptions, StorageOptionsValidator>(configuration, StorageOptions.Section);
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageIsNamed>();
        services.AddSingleton(sp => new FileBlobStorage(
            new FileBlobOptions
            {
                Folder = OptionsOf(sp).Folder ?? folder.File("clips"),
                SigningKey = () => sp.GetRequiredService<IOptions<AuthOptions>>().Value.DeriveKey(LinksPurpose),
                MinimumFreeBytes = OptionsOf(sp).MinimumFreeBytes,
            },
            sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton(sp => new S3BlobStorage(OptionsOf(sp).S3.ToOptions(), sp.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBlobStorage>(sp => new MeasuredStorage(
            OptionsOf(sp).Kind == StorageKind.S3 ? sp.GetRequiredService<S3BlobStorage>() : sp.GetRequiredService<FileBlobStorage>()));
        services.AddSingleton<IFailureMapper, StorageFailures>();
    }

    internal static void MapStorage(this WebApplication app)
    {
        // Compared as text, because invalid settings are reported by the validation of all of them.
        var areFiles = string.Equals(app.Configuration["Storage:Kind"] ?? "files", "files", StringComparison.OrdinalIgnoreCase);

        // A process without a signing key, such as a Worker, cannot serve links.
        if (areFiles && app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(AccessTokens)))
            app.MapSignedFiles();
    }

    /// <summary>Checks that the bucket exists, or creates it.</summary>
    /// <exception cref="StorageUnavailableException">The bucket does not exist, or may not be used.</exception>
    /// <exception cref="InvalidOperationException">The storage does not answer for a minute.</exception>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = OptionsOf(services);
        if (options.Kind != StorageKind.S3)
            return;
        var storage = services.GetRequiredService<S3BlobStorage>();
        await StartWait.ForAsync(
            () => storage.PrepareAsync(options.S3.MakeBucket, cancellationToken),
            s_waitAtStart,
            e => e is StorageUnavailableException { IsTransient: true } ? e.Message : null,
            services.GetRequiredService<TimeProvider>(),
            cancellationToken);
    }

    private static StorageOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value;
}
