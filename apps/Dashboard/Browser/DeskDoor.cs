using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Browser;

/// <summary>What the administrator's pages need of the browser, by <c>js/desk.js</c>; loaded when it is first needed.</summary>
public sealed class DeskDoor(IJSRuntime runtime, SessionState session)
{
    private Task<IJSInProcessObjectReference>? _module;

    /// <summary>Shows a dialog over an inert page.</summary>
    /// <returns>Closes it, and gives the focus back.</returns>
    public async Task<Action> OpenAsync(ElementReference dialog)
    {
        var opened = (await ModuleAsync()).Invoke<IJSInProcessObjectReference>("open", dialog);
        return () =>
        {
            opened.InvokeVoid("close");
            opened.Dispose();
        };
    }

    /// <summary>To the first field that is marked as wrong.</summary>
    public async Task FocusProblemAsync(ElementReference form) => (await ModuleAsync()).InvokeVoid("focusProblem", form);

    /// <summary>Ends when the element comes near the screen.</summary>
    public async Task SeenAsync(ElementReference element) => await (await ModuleAsync()).InvokeVoidAsync("seen", element);

    /// <summary>A picture as an address that an <c>img</c> can show; null when there is none. Release it.</summary>
    public async Task<string?> PictureAsync(string path) =>
        await session.FreshTokenAsync() is { } token ? await (await ModuleAsync()).InvokeAsync<string?>("picture", path, token) : null;

    public async Task ReleaseAsync(string url) => (await ModuleAsync()).InvokeVoid("release", url);

    private Task<IJSInProcessObjectReference> ModuleAsync() => _module ??= runtime.InvokeAsync<IJSInProcessObjectReference>("import", "/js/desk.js").AsTask();
}
