using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>
/// The scripts of <c>js/</c>. All are loaded before the first page is rendered: a script that loads later could get elements of a page that
/// the user has already left.
/// </summary>
public sealed class PageScripts(IJSRuntime runtime)
{
    private IJSInProcessObjectReference? _siaga;
    private IJSInProcessObjectReference? _desk;
    private IJSInProcessObjectReference? _player;
    private IJSInProcessObjectReference? _live;

    public IJSInProcessObjectReference Siaga => Loaded(_siaga);

    public IJSInProcessObjectReference Desk => Loaded(_desk);

    public IJSInProcessObjectReference Player => Loaded(_player);

    public IJSInProcessObjectReference Live => Loaded(_live);

    public async Task LoadAsync()
    {
        var modules = await Task.WhenAll(new[] { "siaga", "desk", "player", "live" }
            .Select(name => runtime.InvokeAsync<IJSInProcessObjectReference>("import", $"/js/{name}.js").AsTask()));
        (_siaga, _desk, _player, _live) = (modules[0], modules[1], modules[2], modules[3]);
    }

    private static IJSInProcessObjectReference Loaded(IJSInProcessObjectReference? module) =>
        module ?? throw new InvalidOperationException("The scripts are loaded before anything is drawn.");
}
