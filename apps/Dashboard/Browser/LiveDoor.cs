using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>A camera's live pictures in a video element, by <c>js/live.js</c>; whoever shows them disposes it.</summary>
public sealed class LiveDoor(IJSInProcessObjectReference player, DotNetObjectReference<LiveDoor.Ear> ear) : IDisposable
{
    public static async Task<LiveDoor> OpenAsync(PageScripts scripts, ElementReference video, string url, Ear ear)
    {
        var heard = DotNetObjectReference.Create(ear);
        return new LiveDoor(await scripts.Live.InvokeAsync<IJSInProcessObjectReference>("watch", video, url, heard), heard);
    }

    public void Dispose()
    {
        player.InvokeVoid("stop");
        player.Dispose();
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
