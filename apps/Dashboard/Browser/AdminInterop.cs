using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Browser;

/// <summary>What the administrator's pages need of the browser, by <c>js/desk.js</c>.</summary>
public sealed class AdminInterop(PageScripts scripts, SessionState session)
{
    /// <summary>Shows a dialog over an inert page.</summary>
    /// <returns>Closes it, and gives the focus back.</returns>
    public Action Open(ElementReference dialog)
    {
        var opened = scripts.Desk.Invoke<IJSInProcessObjectReference>("open", dialog);
        return () =>
        {
            opened.InvokeVoid("close");
            opened.Dispose();
        };
    }

    /// <summary>To the first field that is marked as wrong.</summary>
    public void FocusProblem(ElementReference form) => scripts.Desk.InvokeVoid("focusProblem", form);

    /// <summary>Ends when the element comes near the screen.</summary>
    public ValueTask SeenAsync(ElementReference element) => scripts.Desk.InvokeVoidAsync("seen", element);

    /// <summary>A picture as an address that an <c>img</c> can show; null when there is none. Release it.</summary>
    public async Task<string?> PictureAsync(string path) =>
        await session.FreshTokenAsync() is { } token ? await scripts.Desk.InvokeAsync<string?>("picture", path, token) : null;

    public void Release(string url) => scripts.Desk.InvokeVoid("release", url);
}
