using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.History;
using Siaga.App.Dashboard.Language;
using Siaga.App.Dashboard.Look;
using Siaga.App.Dashboard.Session;
using Siaga.App.Dashboard.Watch;

namespace Siaga.App.Dashboard;

/// <summary>The services of the pages; each lives as long as the tab.</summary>
public static class DashboardParts
{
    public static void AddDashboardParts(this IServiceCollection services) => services
        .AddSingleton<PageScripts>()
        .AddSingleton<BrowserDoor>()
        .AddSingleton<Speech>()
        .AddSingleton<Formats>()
        .AddSingleton<Theming>()
        .AddSingleton<SessionState>()
        .AddSingleton<KeyHelp>()
        .AddSingleton<ApiClient>()
        .AddSingleton<DeskDoor>()
        .AddSingleton<CameraDeskCalls>()
        .AddSingleton<PeopleCalls>()
        .AddSingleton<CompanyCalls>()
        .AddSingleton<AuditCalls>()
        .AddSingleton<SystemCalls>()
        .AddSingleton<SignInCalls>()
        .AddSingleton<AnomalyCalls>()
        .AddSingleton<CameraCalls>()
        .AddSingleton<ClipCalls>()
        .AddSingleton<CameraBook>()
        .AddSingleton<EventStream>()
        .AddSingleton<WatchDesk>()
        .AddSingleton<HistoryDesk>();
}
