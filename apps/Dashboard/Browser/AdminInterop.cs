using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Siaga.App.Dashboard.Session;

namespace Siaga.App.Dashboard.Browser;

/// <summary>Browser functions of the administration pages, in <c>js/desk.js</c>.</summary>
public sealed class AdminInterop(PageScripts scripts, SessionState session)
{
    /// <summary>Opens a modal dialog.</summary>
    /// <returns>An action that closes it and restores the focus.</returns>
    public Action Open(ElementReference dialog)
    {
        var opened = scripts.Desk.Invoke<IJSInProcessObjectReference>("open", dialog);
        return () =>
        {
            opened.InvokeVoid("close");
            opened.Dispose();
        };
    }

    /// <summary>Focuses the first field that is marked as invalid.</summary>
    public void FocusProblem(ElementReference form) => scripts.Desk.InvokeVoid("focusProblem", form);

    /// <summary>Completes when the element comes near the visible part of the page.</summary>
    public ValueTask SeenAsync(ElementReference element) => scripts.Desk.InvokeVoidAsync("seen", element);

    /// <summary>Fetches a picture as a URL for an <c>img</c>; null when there is none. The caller releases it.</summary>
    public async Task<string?> PictureAsync(string path) =>
        await session.FreshTokenAsync() is { } token ? await scripts.Desk.InvokeAsync<string?>("picture", path, token) : null;

    public void Release(string url) => scripts.Desk.InvokeVoid("release", url);
}
