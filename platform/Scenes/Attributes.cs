namespace Siaga.Scenes;

/// <summary>The respect in which a moment differs from the camera's past.</summary>
public enum SceneAttribute
{
    /// <summary>Faster than usual at that place.</summary>
    Speed,

    /// <summary>More of the surroundings in motion than usual.</summary>
    Size,

    /// <summary>Activity in a normally empty place.</summary>
    Place,

    /// <summary>Motion in a direction that is unusual at that place.</summary>
    Direction,

    /// <summary>The picture as a whole.</summary>
    Scene,
}

internal static class Attributes
{
    public const int Count = 5;

    /// <summary>Number of attributes that are scored cell by cell; they come first.</summary>
    public const int OfCells = 4;
}
