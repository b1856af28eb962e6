using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.History;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Look;
using Siaga.App.Dashboard.Session;
using Siaga.App.Dashboard.Watch;

namespace Siaga.App.Dashboard;

/// <summary>Services of the pages. Each lives as long as the browser tab.</summary>
public static class DashboardParts
{
    public static void AddDashboardParts(this IServiceCollection services) => services
        .AddSingleton<PageScripts>()
        .AddSingleton<BrowserInterop>()
        .AddSingleton<Localizer>()
        .AddSingleton<Formats>()
        .AddSingleton<Theming>()
        .AddSingleton<SessionState>()
        .AddSingleton<KeyHelp>()
        .AddSingleton<ApiClient>()
        .AddSingleton<AdminInterop>()
        .AddSingleton<CameraAdminCalls>()
        .AddSingleton<PeopleCalls>()
        .AddSingleton<CompanyCalls>()
        .AddSingleton<AuditCalls>()
        .AddSingleton<SystemCalls>()
        .AddSingleton<SignInCalls>()
        .AddSingleton<AnomalyCalls>()
        .AddSingleton<CameraCalls>()
        .AddSingleton<ClipCalls>()
        .AddSingleton<CameraDirectory>()
        .AddSingleton<SceneSentences>()
        .AddSingleton<EventStream>()
        .AddSingleton<AlertQueueState>()
        .AddSingleton<HistoryState>();
}
