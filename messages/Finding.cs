using System.Text.Json.Serialization;

namespace Siaga.Messages;

/// <summary>Something that a detector found in a clip.</summary>
/// <param name="Detector">The name of the detector, such as <c>model</c> or <c>scene</c>.</param>
/// <param name="Type">What it is: a label of the model, or a kind that the detector names, such as <c>unusual_speed</c>.</param>
/// <param name="Score">How strong it is, on the detector's own scale.</param>
/// <param name="Threshold">The score from which the detector counts it, on the same scale.</param>
/// <param name="FromS">Where it begins. Seconds of media time from the clip's first frame.</param>
/// <param name="ToS">Where it ends. Seconds of media time.</param>
/// <param name="AtS">Its strongest moment. Seconds of media time.</param>
/// <param name="Alarm">It is to raise an anomaly. A finding that is none is only recorded.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record Finding(string Detector, string Type, double Score, double Threshold, double FromS, double ToS, double AtS, bool Alarm)
{
    /// <summary>Most findings in a report; of more, the strongest stay.</summary>
    public const int MostInReport = 100;

    /// <summary>Left, top, width and height in pixels of the clip's own picture; null: no place stands out.</summary>
    public IReadOnlyList<int>? Box { get; init; }

    /// <summary>
    /// In which respect it is unusual: <c>speed</c>, <c>size</c>, <c>place</c>, <c>direction</c> or <c>scene</c>; null where that means
    /// nothing.
    /// </summary>
    public string? Attribute { get; init; }

    /// <summary>The attribute's value here, in its own unit.</summary>
    public double? Value { get; init; }

    /// <summary>The attribute's usual value at this place, in the same unit.</summary>
    public double? Usual { get; init; }
}
