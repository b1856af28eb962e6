using CsCheck;
using Siaga.Analysis;
using Siaga.Analysis.Detection;

namespace Siaga.Tests.Unit.Analysis;

public sealed class FrameSelectionTests
{
    private static readonly Gen<(int Frames, int Total)> s_clip = Gen.Select(Gen.Int[1, 64], Gen.Int[1, 2000]);

    [Fact]
    public void Uniform_takes_as_many_as_the_model_wants_evenly_and_from_the_whole_clip() => s_clip.Sample(c =>
    {
        var taken = Taken("uniform", c.Frames, c.Total, c.Total);
        var step = Math.Max(c.Total / c.Frames, 1);
        return taken.Count == Math.Min(c.Frames, c.Total) && taken.Select((index, i) => index == i * step).All(b => b);
    });

    [Fact]
    public void First_takes_the_first_and_last_ends_with_the_last() => s_clip.Sample(c =>
        Taken("first", c.Frames, 0, c.Total).SequenceEqual(Enumerable.Range(0, Math.Min(c.Frames, c.Total)))
        && Taken("last", c.Frames, c.Total, c.Total)[^1] == c.Total - 1);

    [Fact]
    public void What_was_taken_by_the_right_length_holds() => s_clip.Sample(c =>
        new[] { "uniform", "first", "last", "window" }.All(select => Selection(select, c.Frames, c.Total).HoldsFor(c.Total)));

    [Fact]
    public void Uniform_does_not_hold_where_the_guess_gave_another_step() => Gen.Select(s_clip, Gen.Int[0, 4000]).Sample((c, guess) =>
        Selection("uniform", c.Frames, guess).HoldsFor(c.Total) == (Math.Max(guess / c.Frames, 1) == Math.Max(c.Total / c.Frames, 1)));

    [Fact]
    public void Last_holds_for_a_clip_that_is_longer_than_guessed_and_not_for_a_shorter_one()
    {
        var selection = Selection("last", 10, 100);
        Assert.True(selection.HoldsFor(150));
        Assert.False(selection.HoldsFor(90));
    }

    [Theory]
    [InlineData(4, 2, 9, new[] { 3, 5, 7 })]
    [InlineData(4, 4, 9, new[] { 3, 7 })]
    [InlineData(4, 6, 12, new[] { 3, 9 })]
    public void Each_window_is_complete_with_its_last_frame(int frames, int stride, int total, int[] complete)
    {
        var selection = FrameSelection.Of(new ModelManifest { Select = "window", Stride = stride }, frames, total);
        Assert.Equal(complete, Enumerable.Range(0, total).Where(i => selection.Wants(i) && selection.Completes(i)));
    }

    private static FrameSelection Selection(string select, int frames, int total) =>
        FrameSelection.Of(new ModelManifest { Select = select }, frames, total);

    private static List<int> Taken(string select, int frames, int guess, int total)
    {
        var selection = Selection(select, frames, guess);
        return [.. Enumerable.Range(0, total).Where(selection.Wants)];
    }
}
