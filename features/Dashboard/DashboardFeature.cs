using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Siaga.BlobStorage;
using Siaga.Web;

namespace Siaga.Dashboard;

/// <summary>Serves the dashboard: files that were built from <c>apps/Dashboard</c> and lie next to the executable.</summary>
public static class DashboardFeature
{
    private const string Folder = "dashboard";

    /// <summary>Serves <c>dashboard/</c> next to the executable. Without that folder the API works and <c>/</c> says so.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services) =>
        services.AddDashboard(Path.Combine(AppContext.BaseDirectory, Folder));

    internal static IServiceCollection AddDashboard(this IServiceCollection services, string folder)
    {
        services.RemoveAll<IPublicPages>();
        return services.AddSingleton<IPublicPages>(s => new DashboardPages(
            DashboardFiles.Read(folder), s.GetRequiredService<IBlobStorage>(), s.GetServices<ILiveOrigins>()));
    }
}
