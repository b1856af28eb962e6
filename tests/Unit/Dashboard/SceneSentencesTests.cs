using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Watch;
using Siaga.Messages;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class SceneSentencesTests
{
    private static readonly Localizer s_english = FakeScripts.Localizer(Language.English);

    private readonly SceneSentences _sentences = new(s_english, new Formats(s_english));

    [Theory]
    [InlineData("speed", 1.49, null, false)]
    [InlineData("speed", 1.5, "1.5", false)]
    [InlineData("speed", 1.99, "2.0", false)]
    [InlineData("speed", 2.0, "2", false)]
    [InlineData("speed", 20.0, "20", false)]
    [InlineData("speed", 20.1, "20", true)]
    [InlineData("size", 1.49, null, false)]
    [InlineData("size", 3.4, "3", false)]
    [InlineData("size", 21.0, "20", true)]
    public void How_many_times_is_said_where_it_means_something(string attribute, double ratio, string? times, bool isMore)
    {
        var (plain, exact, more) = attribute == "speed"
            ? (SceneTexts.Faster, SceneTexts.TimesFaster, SceneTexts.MuchFaster)
            : (SceneTexts.MoreMovement, SceneTexts.TimesMoreMovement, SceneTexts.MuchMoreMovement);
        var expected = times is null ? s_english[plain] : s_english[isMore ? more : exact, times];
        Assert.Equal(expected, _sentences.Of(Found(attribute, ratio * 10, 10)));
    }

    [Theory]
    [InlineData(0.00009, "less than 0.01 %")]
    [InlineData(0.0001, "0.01 %")]
    [InlineData(0.00099, "0.1 %")]
    [InlineData(0.0012, "0.1 %")]
    [InlineData(0.034, "3.4 %")]
    [InlineData(0.1, "10 %")]
    [InlineData(0.456, "46 %")]
    public void A_share_is_as_precise_as_it_is_small(double share, string percent)
    {
        Assert.Equal(s_english[SceneTexts.Place, percent], _sentences.Of(Found("place", share, null)));
        Assert.Equal(s_english[SceneTexts.Direction, percent], _sentences.Of(Found("direction", share, null)));
    }

    [Theory]
    [InlineData("speed", 1.0, null)]
    [InlineData("size", null, 1.0)]
    [InlineData("place", null, null)]
    [InlineData("colour", 1.0, 1.0)]
    [InlineData(null, 1.0, 1.0)]
    public void Without_the_values_there_is_no_sentence(string? attribute, double? value, double? usual)
    {
        Assert.Null(_sentences.Of(Found(attribute, value, usual)));
        Assert.Null(_sentences.ValuesOf(Found(attribute, value, usual)));
    }

    [Fact]
    public void Without_a_finding_there_is_none_either() => Assert.Null(_sentences.Of(null));

    [Fact]
    public void The_measured_values_are_told_beside_it()
    {
        Assert.Equal(s_english[SceneTexts.SpeedValues, "27", "6"], _sentences.ValuesOf(Found("speed", 27.4, 6)));
        Assert.Equal(s_english[SceneTexts.SizeValues, "40 %", "9 %"], _sentences.ValuesOf(Found("size", 0.4, 0.09)));
        Assert.Equal(s_english[SceneTexts.PlaceValues, "0.301"], _sentences.ValuesOf(Found("place", 0.00301, null)));
        Assert.Equal(s_english[SceneTexts.DirectionValues, "12.3"], _sentences.ValuesOf(Found("direction", 0.123, null)));
        Assert.Equal(s_english[SceneTexts.SceneValues, "7.1", "5.2"], _sentences.ValuesOf(Found("scene", 7.1, 5.16)));
        Assert.Equal(s_english[SceneTexts.Scene], _sentences.Of(Found("scene", null, null)));
    }

    private static Finding Found(string? attribute, double? value, double? usual) =>
        new("scene", "unusual", 0, 0, 0, 0, 0, Alarm: true) { Attribute = attribute, Value = value, Usual = usual };
}
