using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Siaga.BlobStorage;
using Siaga.Web;

namespace Siaga.Dashboard;

/// <summary>The pages that people open in a browser: files that were built from <c>apps/Dashboard</c> and lie beside the executable.</summary>
public static class DashboardFeature
{
    private const string Folder = "dashboard";

    /// <summary>Serves <c>dashboard/</c> beside the executable. Where it is missing, the API works and <c>/</c> says so.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services) =>
        services.AddDashboard(Path.Combine(AppContext.BaseDirectory, Folder));

    internal static IServiceCollection AddDashboard(this IServiceCollection services, string folder)
    {
        services.RemoveAll<IPublicPages>();
        return services.AddSingleton<IPublicPages>(s => new DashboardPages(
            DashboardFiles.Read(folder), s.GetRequiredService<IBlobStorage>(), s.GetServices<ILiveOrigins>()));
    }
}
