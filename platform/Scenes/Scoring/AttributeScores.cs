using System.Numerics;
using System.Runtime.CompilerServices;

namespace Siaga.Scenes.Scoring;

/// <summary>A number for each attribute, in the order of <see cref="SceneAttribute"/>.</summary>
[InlineArray(Attributes.Count)]
internal struct AttributeScores
{
    private double _first;

    public AttributeScores(Vector4 ofCells, double scene)
    {
        for (var i = 0; i < Attributes.OfCells; i++)
            this[i] = ofCells[i];
        this[(int)SceneAttribute.Scene] = scene;
    }
}
