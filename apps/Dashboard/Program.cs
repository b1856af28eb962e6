using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using MudBlazor.Services;
using Siaga.App.Dashboard;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Look;
using Siaga.App.Dashboard.Session;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.Services.AddMudServices();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(_ => new HttpClient
{
    BaseAddress = new Uri(builder.HostEnvironment.BaseAddress),
    Timeout = Timeout.InfiniteTimeSpan,
});
builder.Services.AddDashboardParts();

var host = builder.Build();
await host.Services.GetRequiredService<PageScripts>().LoadAsync();
host.Services.GetRequiredService<Localizer>().Begin();
host.Services.GetRequiredService<Theming>().Begin();
await host.Services.GetRequiredService<SessionState>().ResumeAsync();
await host.RunAsync();
