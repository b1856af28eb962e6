using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>A camera's live pictures in a video element, by <c>js/live.js</c>; whoever shows them disposes it.</summary>
public sealed class LivePlayerInterop(IJSInProcessObjectReference player, DotNetObjectReference<LivePlayerInterop.Callbacks> callbacks) : IDisposable
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

    /// <summary>Called by the browser.</summary>
    public sealed class Callbacks(Action<bool> became)
    {
        /// <summary>It plays, or it has failed.</summary>
        [JSInvokable]
        public void Became(string state) => became(state == "playing");
    }
}
