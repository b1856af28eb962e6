using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>
/// Sentences about what the scene detector found, in the reader's language, from the finding's values. The Worker's English sentence
/// follows the same limits.
/// </summary>
public sealed class SceneSentences(Localizer localizer, Formats formats)
{
    // Beyond it the usual value is close to nothing, and the ratio means little.
    private const double MostTimes = 20;

    // Below it, "times" would overstate the difference; up to two, a decimal matters.
    private const double FewestTimes = 1.5;
    private const double WholeTimes = 2;

    // Percent. A smaller share is not told apart from none.
    private const double LeastPercent = 0.01;

    /// <summary>Null when the finding lacks values, or has an attribute without a text. The stored sentence is shown instead.</summary>
    public string? Of(Finding? finding) => finding switch
    {
        { Attribute: "speed", Value: { } value, Usual: { } usual } =>
            Compared(value / usual, SceneTexts.Faster, SceneTexts.TimesFaster, SceneTexts.MuchFaster),
        { Attribute: "size", Value: { } value, Usual: { } usual } =>
            Compared(value / usual, SceneTexts.MoreMovement, SceneTexts.TimesMoreMovement, SceneTexts.MuchMoreMovement),
        { Attribute: "place", Value: { } value } => localizer[SceneTexts.Place, Share(value)],
        { Attribute: "direction", Value: { } value } => localizer[SceneTexts.Direction, Share(value)],
        { Attribute: "scene" } => localizer[SceneTexts.Scene],
        _ => null,
    };

    /// <summary>The measured values behind the sentence; null when there are none.</summary>
    public string? ValuesOf(Finding? finding) => finding switch
    {
        { Attribute: "speed", Value: { } value, Usual: { } usual } =>
            localizer[SceneTexts.SpeedValues, formats.Number(value), formats.Number(usual)],
        { Attribute: "size", Value: { } value, Usual: { } usual } => localizer[SceneTexts.SizeValues, Share(value), Share(usual)],
        { Attribute: "place", Value: { } value } => localizer[SceneTexts.PlaceValues, formats.Number(value * 100, 3)],
        { Attribute: "direction", Value: { } value } => localizer[SceneTexts.DirectionValues, formats.Number(value * 100, 1)],
        { Attribute: "scene", Value: { } value, Usual: { } usual } =>
            localizer[SceneTexts.SceneValues, formats.Number(value, 1), formats.Number(usual, 1)],
        _ => null,
    };

    private string Compared(double ratio, LocalizedText more, LocalizedText times, LocalizedText much) => ratio switch
    {
        > MostTimes => localizer[much, formats.Number(MostTimes)],
        >= WholeTimes => localizer[times, formats.Number(Math.Round(ratio))],
        >= FewestTimes => localizer[times, formats.Number(ratio, 1)],
        _ => localizer[more],
    };

    /// <summary>A share in percent, as precise as it is small.</summary>
    private string Share(double share) => (share * 100) switch
    {
        < LeastPercent => localizer[SceneTexts.LessThanPercent, formats.Plain(LeastPercent)],
        < 0.1 and var percent => localizer[SceneTexts.Percent, formats.Plain(Math.Round(percent, 2))],
        < 10 and var percent => localizer[SceneTexts.Percent, formats.Plain(Math.Round(percent, 1))],
        var percent => localizer[SceneTexts.Percent, formats.Number(percent)],
    };
}
