using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>Plays a camera's live stream in a video element, by <c>js/live.js</c>. The component that shows it disposes it.</summary>
public sealed class LivePlayerInterop(
    IJSInProcessObjectReference player, DotNetObjectReference<LivePlayerInterop.Callbacks> callbacks) : IDisposable
{
    public static async Task<LivePlayerInterop> OpenAsync(PageScripts scripts, ElementReference video, string url, Callbacks callbacks)
    {
        var heard = DotNetObjectReference.Create(callbacks);
        return new LivePlayerInterop(await scripts.Live.InvokeAsync<IJSInProcessObjectReference>("watch", video, url, heard), heard);
    }

    public void Dispose()
    {
        player.InvokeVoid("stop");
        player.Dispose();
        callbacks.Dispose();
    }

    /// <summary>Callbacks from the browser.</summary>
    public sealed class Callbacks(Action<bool> became)
    {
        /// <summary>The stream plays, or it has failed.</summary>
        [JSInvokable]
        public void Became(string state) => became(state == "playing");
    }
}
