using CsCheck;
using Siaga.Analysis.Detection;

namespace Siaga.Tests.Unit.Analysis;

public sealed class PixelScaleTests
{
    [Theory]
    [InlineData("1/255", 0, 0)]
    [InlineData("1/255", 255, 1)]
    [InlineData("1/256", 256 / 2, 0.5)]
    [InlineData("1/127.5-1", 0, -1)]
    [InlineData("1/127.5-1", 255, 1)]
    [InlineData("none", 200, 200)]
    [InlineData("zscore", 200, 200)]
    public void A_pixel_is_scaled_as_the_manifest_says(string scale, byte pixel, float value)
    {
        var values = new float[1];
        new PixelScale(scale).Apply([pixel], values);
        Assert.Equal(value, values[0], 1e-6f);
    }

    [Theory]
    [InlineData("zscore", true)]
    [InlineData("1/255", false)]
    public void Only_one_of_them_looks_at_all_values_together(string scale, bool standardises) =>
        Assert.Equal(standardises, new PixelScale(scale).Standardises);

    [Fact]
    public void Values_with_contrast_get_the_mean_0_and_the_deviation_1() => Gen.Float[0, 255].Array[2, 200].Sample(values =>
    {
        if (values.Max() - values.Min() < 1)
            return true;
        PixelScale.Standardise(values);
        var deviation = Math.Sqrt(values.Average(v => (double)v * v));
        return Math.Abs(values.Average(v => (double)v)) < 1e-3 && Math.Abs(deviation - 1) < 1e-3;
    });

    [Fact]
    public void A_picture_without_contrast_becomes_0() => Gen.Select(Gen.Int[0, 255], Gen.Int[1, 200]).Sample((level, count) =>
    {
        float[] values = [.. Enumerable.Repeat((float)level, count)];
        PixelScale.Standardise(values);
        return Array.TrueForAll(values, v => Math.Abs(v) < 1e-3);
    });
}
