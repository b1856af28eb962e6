using CsCheck;
using Siaga.Scenes.Imaging;

namespace Siaga.Tests.Unit.Scenes;

public sealed class GaussianTests
{
    [Fact]
    public void Each_value_becomes_the_weighted_mean_of_its_surroundings_mirrored_at_the_edges() =>
        Gen.Select(Gen.Int[1, 21], Gen.Int[1, 9], Gen.Float[0, 255].Array[21 * 9], Gen.Double[0.5, 2]).Sample((width, height, values, s) =>
        {
            var picture = values[..(width * height)];
            var expected = Expected(picture, width, height, s);
            new Gaussian(width, height, s).Apply(picture);
            return picture.Zip(expected).All(p => Math.Abs(p.First - p.Second) < 0.01);
        }, iter: 100);

    private static double[] Expected(float[] picture, int width, int height, double sigma)
    {
        var radius = (int)Math.Ceiling(3 * sigma);
        var result = new double[picture.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var weights = 0.0;
            for (var dy = -radius; dy <= radius; dy++)
            {
                for (var dx = -radius; dx <= radius; dx++)
                {
                    var weight = Math.Exp(-0.5 * ((dx * dx) + (dy * dy)) / (sigma * sigma));
                    weights += weight;
                    result[i] += weight * picture[(Mirrored((i / width) + dy, height) * width) + Mirrored((i % width) + dx, width)];
                }
            }

            result[i] /= weights;
        }

        return result;
    }

    private static int Mirrored(int i, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        var at = ((i % period) + period) % period;
        return at < length ? at : period - at;
    }
}
