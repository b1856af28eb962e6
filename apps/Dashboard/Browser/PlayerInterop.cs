using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>A clip as the stage plays it.</summary>
/// <param name="Id">By which failures are told.</param>
/// <param name="Url">Where it plays from.</param>
public sealed record StageClip([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("url")] string Url)
{
    [JsonPropertyName("poster")]
    public string? Poster { get; init; }

    /// <summary>Seconds from the first frame: where playing begins, and where the box is.</summary>
    [JsonPropertyName("at")]
    public double At { get; init; }

    /// <summary>Seconds: what is marked below the picture.</summary>
    [JsonPropertyName("from")]
    public double From { get; init; }

    [JsonPropertyName("to")]
    public double To { get; init; }

    /// <summary>Left, top, width, height in the clip's own pixels.</summary>
    [JsonPropertyName("box")]
    public int[]? Box { get; init; }

    /// <summary>Begins again at its end; otherwise the end is told.</summary>
    [JsonPropertyName("loops")]
    public bool Loops { get; init; } = true;
}

/// <summary>The stage of <c>js/player.js</c>; whoever shows it disposes it.</summary>
public sealed class PlayerInterop(IJSInProcessObjectReference stage, DotNetObjectReference<PlayerInterop.PlayerCallbacks> callbacks) : IDisposable
{
    public static PlayerInterop Open(PageScripts scripts, ElementReference root, PlayerCallbacks callbacks)
    {
        var heard = DotNetObjectReference.Create(callbacks);
        return new PlayerInterop(scripts.Player.Invoke<IJSInProcessObjectReference>("createStage", root, heard), heard);
    }

    public void Show(StageClip clip) => stage.InvokeVoid("show", clip);

    /// <summary>Fetches what is likely wanted next, and lets go of the rest.</summary>
    public void Preload(StageClip[] clips) => stage.InvokeVoid("preload", (object)clips);

    public void Toggle() => stage.InvokeVoid("toggle");

    public void Step(double seconds) => stage.InvokeVoid("step", seconds);

    public void Go(double seconds) => stage.InvokeVoid("go", seconds);

    public void Speed(double rate) => stage.InvokeVoid("speed", rate);

    public void Full() => stage.InvokeVoid("full");

    public void Clear() => stage.InvokeVoid("clear");

    public void Dispose()
    {
        stage.InvokeVoid("stop");
        stage.Dispose();
        callbacks.Dispose();
    }

    /// <summary>Called by the browser.</summary>
    public sealed class PlayerCallbacks(Func<string, Task> failed, Func<string, Task> ended, Func<double, Task> progress)
    {
        /// <summary>A clip does not play.</summary>
        [JSInvokable]
        public Task Failed(string id) => failed(id);

        /// <summary>A clip that does not begin again is over.</summary>
        [JSInvokable]
        public Task Ended(string id) => ended(id);

        /// <summary>Once a second, where a clip that does not begin again is.</summary>
        [JSInvokable]
        public Task Progress(double second) => progress(second);
    }
}
