using CsCheck;
using Siaga.Scenes.Imaging;

namespace Siaga.Tests.Unit.Scenes;

public sealed class ThumbnailTests
{
    private const int Side = 64;

    // Columns of different brightness, so that the picture has contrast.
    private static readonly Gen<byte[]> s_picture = Gen.Byte[0, 60].Array[16].Where(c => c.Max() - c.Min() > 30)
        .Select(columns => Enumerable.Range(0, Side * Side).Select(i => columns[i % Side / 4]).ToArray());

    [Fact]
    public void A_flat_picture_is_its_own_mean() =>
        Gen.Byte.Sample(level => Made([.. Enumerable.Repeat(level, Side * Side)]).All(b => b == 128));

    [Fact]
    public void Brightness_and_contrast_do_not_matter() =>
        Gen.Select(s_picture, Gen.Int[0, 60], Gen.Int[1, 3]).Sample((picture, brighter, gain) =>
            Made(picture).Zip(Made([.. picture.Select(v => (byte)((v * gain) + brighter))])).All(p => Math.Abs(p.First - p.Second) <= 1));

        [Fact]
    public void The_noise_of_an_almost_flat_picture_is_not_amplified()
    {
        var picture = Enumerable.Range(0, Side * Side).Select(i => (byte)(100 + (i % Side < Side / 2 ? 1 : 0))).ToArray();
        Assert.All(Made(picture), b => Assert.InRange(b, 122, 134));
    }

    [Fact]
    public void Each_part_of_the_picture_is_in_its_place()
    {
        var picture = new byte[Side * Side];
        for (var y = Side / 2; y < Side; y++)
            picture.AsSpan((y * Side) + (Side / 2), Side / 2).Fill(200);
        var made = Made(picture);
        Assert.True(made[0] < 128 && made[31] < 128 && made[15 * 32] < 128 && made[(15 * 32) + 31] > 128);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(31, 100)]
    public void Any_size_can_be_made_small(int width, int height)
    {
        var made = new byte[Thumbnail.Length];
        Thumbnail.Make(new byte[width * height], width, height, made);
        Assert.All(made, b => Assert.Equal(128, b));
    }

    private static byte[] Made(byte[] picture)
    {
        var made = new byte[Thumbnail.Length];
        Thumbnail.Make(picture, Side, Side, made);
        return made;
    }
}
