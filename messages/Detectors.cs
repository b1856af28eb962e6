namespace Siaga.Messages;

/// <summary>The detectors that can give a clip's verdict, by their names in reports and in the API.</summary>
public static class Detectors
{
    /// <summary>The trained model.</summary>
    public const string Model = "model";

    /// <summary>The scene detector, which learns from the camera's own past.</summary>
    public const string Scene = "scene";
}
