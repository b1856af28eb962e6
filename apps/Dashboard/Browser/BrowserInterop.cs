using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>What only the browser can do, by <c>js/siaga.js</c>.</summary>
public sealed class BrowserInterop(PageScripts scripts)
{
    private string _title = "Siaga";
    private int _waiting;

    private IJSInProcessObjectReference Module => scripts.Siaga;

    /// <summary>Kept by the browser for next time; null forgets.</summary>
    public void Remember(string name, string? value) => Module.InvokeVoid("remember", name, value);

    public string? Recall(string name) => Module.Invoke<string?>("recall", name);

    /// <summary><c>id</c> or <c>en</c>, as the page began.</summary>
    public string Language() => Module.Invoke<string>("language");

    public void Dress(string theme, string language) => Module.InvokeVoid("dress", theme, language);

    /// <summary>The tab's title, behind the count of what waits.</summary>
    public void Title(string text)
    {
        _title = text;
        Entitle();
    }

    /// <summary>How many wait; 0 shows none.</summary>
    public void Count(int waiting)
    {
        if (_waiting == waiting)
            return;
        _waiting = waiting;
        Entitle();
    }

    private void Entitle() => Module.InvokeVoid("title", _waiting == 0 ? _title : string.Create(CultureInfo.InvariantCulture, $"({_waiting}) {_title}"));

    public void Focus(string selector) => Module.InvokeVoid("focus", selector);

    public void Chime(bool grave) => Module.InvokeVoid("chime", grave);

    /// <summary>How far across an element a place on the screen is: 0 to 1.</summary>
    public double ShareOf(ElementReference element, double clientX) => Module.Invoke<double>("shareOf", element, clientX);

    public ValueTask<bool> CopyAsync(string text) => Module.InvokeAsync<bool>("copy", text);

    /// <summary>Saves what a URL answers as a file.</summary>
    /// <returns>The status.</returns>
    public ValueTask<int> SaveAsync(string url, string? token, string name) => Module.InvokeAsync<int>("save", url, token, name);

    /// <summary>Swaps the refresh token that is kept under this name, one tab at a time.</summary>
    public ValueTask<TokenSwap> SwapTokenAsync(string name) => Module.InvokeAsync<TokenSwap>("swapToken", name);

    /// <summary>Hears keys until it is disposed.</summary>
    public IDisposable ListenToKeys(Func<string, bool> heard)
    {
        var ear = DotNetObjectReference.Create(new KeyPressCallback(heard));
        return new KeySubscription(Module.Invoke<IJSInProcessObjectReference>("listenToKeys", ear), ear);
    }

    private sealed class KeySubscription(IJSInProcessObjectReference listening, DotNetObjectReference<KeyPressCallback> ear) : IDisposable
    {
        public void Dispose()
        {
            listening.InvokeVoid("stop");
            listening.Dispose();
            ear.Dispose();
        }
    }
}

/// <summary>Called by the browser.</summary>
public sealed class KeyPressCallback(Func<string, bool> heard)
{
    /// <returns>True: it meant something here.</returns>
    [JSInvokable]
    public bool Heard(string key) => heard(key);
}

/// <param name="Status">200, 401 when there is nothing to swap any more, 0 when nobody answered.</param>
/// <param name="Token">The new access token.</param>
public sealed record TokenSwap([property: JsonPropertyName("status")] int Status, [property: JsonPropertyName("token")] string? Token);
