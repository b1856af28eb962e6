namespace Siaga.Scenes;

/// <summary>In which respect a moment is unlike the camera's past.</summary>
public enum SceneAttribute
{
    /// <summary>Faster than things are at that place.</summary>
    Speed,

    /// <summary>More of the surroundings in motion than there ever is.</summary>
    Size,

    /// <summary>Something where there is hardly ever anything.</summary>
    Place,

    /// <summary>A way that things do not go there.</summary>
    Direction,

    /// <summary>The picture as a whole.</summary>
    Scene,
}

internal static class Attributes
{
    public const int Count = 5;

    /// <summary>Those that are judged cell by cell, the first so many.</summary>
    public const int OfCells = 4;
}
