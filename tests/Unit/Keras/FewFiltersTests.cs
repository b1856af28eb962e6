using Siaga.Keras.Layers;

namespace Siaga.Tests.Unit.Keras;

public sealed class FewFiltersTests
{
    [Theory]
    [InlineData(5, 1, 11, 11, true)]
    [InlineData(4, 1, 11, 11, false)]
    [InlineData(2, 1, 6, 12, true)]
    [InlineData(2, 1, 6, 11, false)]
    [InlineData(64, 7, 11, 11, false)]
    [InlineData(64, 1, 1, 11, false)]
    public void A_split_pays_when_it_needs_at_most_half_the_work(int channels, int filters, int height, int width, bool pays) =>
        Assert.Equal(pays, FewFilters.Pays(channels, filters, [height, width]));

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(8, false)]
    public void Half_of_the_eight_filters_that_are_computed_at_once_are_too_many(int filters, bool pays) =>
        Assert.Equal(pays, FewFilters.Pays(1024, filters, [8, 8]));

    [Fact]
    public void Only_windows_of_two_dimensions_are_split()
    {
        Assert.True(FewFilters.Pays(16, 1, [11, 11]));
        Assert.False(FewFilters.Pays(16, 1, [11]));
        Assert.False(FewFilters.Pays(16, 1, [11, 11, 11]));
    }
}
