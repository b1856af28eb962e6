using System.Text.Json;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Messages;

public sealed class SnakeCaseEnumConverterTests
{
    private static readonly JsonSerializerOptions[] s_options =
    [
        JsonSerializerOptions.Default, new(JsonSerializerDefaults.Web), new() { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseUpper },
    ];

    [Theory]
    [InlineData(Resolution.Confirmed, "\"confirmed\"")]
    [InlineData(Resolution.FalseAlarm, "\"false_alarm\"")]
    public void A_value_is_written_and_read_by_its_name_in_snake_case_whatever_the_options_are(Resolution value, string json) =>
        Assert.All(s_options, options =>
        {
            Assert.Equal(json, JsonSerializer.Serialize(value, options));
            Assert.Equal(value, JsonSerializer.Deserialize<Resolution>(json, options));
        });

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("\"\"")]
    [InlineData("\"false_alarms\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void A_number_or_an_unknown_name_is_refused(string json) => Assert.All(
        s_options, options => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Resolution>(json, options)));

    [Fact]
    public void A_value_without_a_name_is_not_written_as_a_number() => Assert.All(
        s_options, options => Assert.Throws<JsonException>(() => JsonSerializer.Serialize((Resolution)7, options)));
}
