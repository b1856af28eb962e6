using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Siaga.App.Dashboard.Browser;

/// <summary>A clip for the player.</summary>
/// <param name="Id">The clip's id, which callbacks name.</param>
/// <param name="Url">Link to the video.</param>
public sealed record StageClip([property: JsonPropertyName("id")] string Id, [property: JsonPropertyName("url")] string Url)
{
    [JsonPropertyName("poster")]
    public string? Poster { get; init; }

    /// <summary>
    /// The event's moment, in seconds from the first frame. Playing starts shortly before it, and the box is shown around it.
    /// </summary>
    [JsonPropertyName("at")]
    public double At { get; init; }

    /// <summary>Start of the part that is marked on the timeline, in seconds.</summary>
    [JsonPropertyName("from")]
    public double From { get; init; }

    [JsonPropertyName("to")]
    public double To { get; init; }

    /// <summary>Left, top, width and height of the box in pixels of the clip.</summary>
    [JsonPropertyName("box")]
    public IReadOnlyList<int>? Box { get; init; }

    /// <summary>True to repeat the clip; otherwise <c>Ended</c> is called at its end.</summary>
    [JsonPropertyName("loops")]
    public bool Loops { get; init; } = true;
}

/// <summary>The player of <c>js/player.js</c>. The component that shows it disposes it.</summary>
public sealed class PlayerInterop(
    IJSInProcessObjectReference stage, DotNetObjectReference<PlayerInterop.PlayerCallbacks> callbacks) : IDisposable
{
    public static PlayerInterop Open(PageScripts scripts, ElementReference root, PlayerCallbacks callbacks)
    {
        var heard = DotNetObjectReference.Create(callbacks);
        return new PlayerInterop(scripts.Player.Invoke<IJSInProcessObjectReference>("createStage", root, heard), heard);
    }

    public void Show(StageClip clip) => stage.InvokeVoid("show", clip);

    /// <summary>Loads the clips that are likely shown next, and releases all others.</summary>
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

    /// <summary>Callbacks from the browser.</summary>
    public sealed class PlayerCallbacks(Func<string, Task> failed, Func<string, Task> ended, Func<double, Task> progress)
    {
        /// <summary>A clip cannot be played.</summary>
        [JSInvokable]
        public Task Failed(string id) => failed(id);

        /// <summary>A clip that does not repeat has ended.</summary>
        [JSInvokable]
        public Task Ended(string id) => ended(id);

        /// <summary>The position of a clip that does not repeat, once a second.</summary>
        [JSInvokable]
        public Task Progress(double second) => progress(second);
    }
}
