using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>Browser functions of the whole dashboard, in <c>js/siaga.js</c>.</summary>
public sealed class BrowserInterop(PageScripts scripts)
{
    private string _title = "Siaga";
    private int _waiting;

    private IJSInProcessObjectReference Module => scripts.Siaga;

    /// <summary>Stores a value in the browser; null removes it.</summary>
    public void Remember(string name, string? value) => Module.InvokeVoid("remember", name, value);

    public string? Recall(string name) => Module.Invoke<string?>("recall", name);

    /// <summary>The language in which the page was loaded: <c>id</c> or <c>en</c>.</summary>
    public string Language() => Module.Invoke<string>("language");

    public void Dress(string theme, string language) => Module.InvokeVoid("dress", theme, language);

    /// <summary>Sets the tab's title. The number of waiting anomalies stands before it.</summary>
    public void Title(string text)
    {
        _title = text;
        Entitle();
    }

    /// <summary>Sets the number of waiting anomalies in the tab's title; 0 hides it.</summary>
    public void Count(int waiting)
    {
        if (_waiting == waiting)
            return;
        _waiting = waiting;
        Entitle();
    }

    private void Entitle()
    {
        var title = _waiting == 0 ? _title : string.Create(CultureInfo.InvariantCulture, $"({_waiting}) {_title}");
        Module.InvokeVoid("title", title);
    }

    public void Focus(string selector) => Module.InvokeVoid("focus", selector);

    public void Chime(bool critical) => Module.InvokeVoid("chime", critical);

    /// <summary>The horizontal position of a point within an element, 0 to 1.</summary>
    public double ShareOf(ElementReference element, double clientX) => Module.Invoke<double>("shareOf", element, clientX);

    public ValueTask<bool> CopyAsync(string text) => Module.InvokeAsync<bool>("copy", text);

    /// <summary>Downloads a URL as a file.</summary>
    /// <returns>The HTTP status.</returns>
    public ValueTask<int> SaveAsync(string url, string? token, string name) => Module.InvokeAsync<int>("save", url, token, name);

    /// <summary>Exchanges the refresh token that is stored under this name. Only one tab at a time does it.</summary>
    public ValueTask<TokenSwap> SwapTokenAsync(string name) => Module.InvokeAsync<TokenSwap>("swapToken", name);

    /// <summary>Listens to keys until it is disposed.</summary>
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

/// <summary>Called by the browser for each key.</summary>
public sealed class KeyPressCallback(Func<string, bool> heard)
{
    /// <returns>True when the page handled the key.</returns>
    [JSInvokable]
    public bool Heard(string key) => heard(key);
}

/// <param name="Status">200; 401 when the session has ended; 0 when the server did not answer.</param>
/// <param name="Token">The new access token.</param>
public sealed record TokenSwap([property: JsonPropertyName("status")] int Status, [property: JsonPropertyName("token")] string? Token);
