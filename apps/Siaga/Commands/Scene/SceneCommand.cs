using System.CommandLine;

namespace Siaga.App.Siaga.Commands.Scene;

/// <summary><c>siaga scene</c>: the detector that learns what is normal on a camera, without a server.</summary>
internal static class SceneCommand
{
    public static Command Create() => new(
        "scene", "Learns what is normal on a camera and scores clips against it; needs no model and no server.")
    {
        ScoreCommand.Create(),
        RenderCommand.Create(),
    };
}
