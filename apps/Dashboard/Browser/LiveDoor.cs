using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>A camera's live pictures in a video element, by <c>js/live.js</c>; whoever shows them disposes it.</summary>
public sealed class LiveDoor(IJSInProcessObjectReference module, IJSInProcessObjectReference player, DotNetObjectReference<LiveDoor.Ear> ear) : IDisposable
{
    public static async Task<LiveDoor> OpenAsync(IJSRuntime runtime, ElementReference video, string url, Ear ear)
    {
        var module = await runtime.InvokeAsync<IJSInProcessObjectReference>("import", "/js/live.js");
        var heard = DotNetObjectReference.Create(ear);
        return new LiveDoor(module, await module.InvokeAsync<IJSInProcessObjectReference>("watch", video, url, heard), heard);
    }

    public void Dispose()
    {
        player.InvokeVoid("stop");
        player.Dispose();
        module.Dispose();
        ear.Dispose();
    }

    /// <summary>Called by the browser.</summary>
    public sealed class Ear(Action<bool> became)
    {
        /// <summary>It plays, or it has failed.</summary>
        [JSInvokable]
        public void Became(string state) => became(state == "playing");
    }
}
