using CsCheck;
using Siaga.Intake;

namespace Siaga.Tests.Unit.Intake;

public sealed class StorageKeysTests
{
    [Fact]
    public void A_key_holds_company_camera_day_and_moment_in_utc() => Assert.Equal(
        "7/9/2026/11/23/c1_20261123T223000Z.mp4",
        StorageKeys.Of(7, 9, "c1", new DateTimeOffset(2026, 11, 24, 5, 30, 0, TimeSpan.FromHours(7))));

    [Fact]
    public void A_name_that_is_shown_is_short_not_empty_and_neither_a_path_nor_a_control_sequence() => Gen.String[0, 400].Sample(given =>
    {
        var name = StorageKeys.DisplayName(given);
        return name.Length is > 0 and <= 200 && !name.Any(char.IsControl) && name.IndexOfAny(['/', '\\']) < 0;
    });

    [Theory]
    [InlineData(null, "clip")]
    [InlineData("", "clip")]
    [InlineData("C:\\cams\\lobby.mp4", "lobby.mp4")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202Egpj.mp4", "agpj.mp4")]
    [InlineData("pintu masuk.mp4", "pintu masuk.mp4")]
    public void The_last_part_of_a_path_is_kept(string? given, string name) => Assert.Equal(name, StorageKeys.DisplayName(given));
}
