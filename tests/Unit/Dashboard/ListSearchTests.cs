using CsCheck;
using Siaga.App.Dashboard.Api;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class ListSearchTests
{
    [Theory]
    [InlineData(3, 0)]
    [InlineData(5, 1)]
    [InlineData(4, 3)]
    [InlineData(6, -1)]
    public void The_first_match_counts(int wanted, int index) => Assert.Equal(index, Find([3, 5, 5, 4], wanted));

    [Fact]
    public void An_empty_list_has_no_match() => Assert.Equal(-1, ((IReadOnlyList<int>)[]).FindIndex(_ => true));

    [Fact]
    public void It_finds_what_an_array_finds() => Gen.Select(Gen.Int[0, 5].Array[0, 8], Gen.Int[0, 6])
        .Sample((items, wanted) => Find(items, wanted) == Array.IndexOf(items, wanted));

    private static int Find(IReadOnlyList<int> items, int wanted) => items.FindIndex(n => n == wanted);
}
