using Siaga.Analysis;
using Siaga.Primitives;

namespace Siaga.Tests.Analysis;

/// <summary>The manifest decides which frames the model gets and what its outputs mean.</summary>
public sealed class ManifestRules
{
    private static readonly ModelManifest s_plain = new() { Scale = "none" };

    [Theory]
    [InlineData(100, 100, 1)]
    [InlineData(100, 0, 2)]
    [InlineData(100, 150, 2)]
    [InlineData(100, 149, 1)]
    public void Uniform_takes_every_second_of_a_hundred_frames_and_reads_again_only_after_a_wrong_guess(
        int frames, int header, int openings)
    {
        var (model, clip, result) = Analyse(s_plain, frames, header);
        Assert.Equal(openings, clip.Opened);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => i * 2f), model.Asked.Single());
        Assert.Equal(frames, result.Value.Frames);
    }

    [Fact]
    public void Only_wanted_frames_are_converted() => Assert.Equal(50, Analyse(s_plain, 200, 200).Clip.Converted);

    [Fact]
    public void First_takes_the_first_and_last_the_last()
    {
        var first = Analyse(s_plain with { Select = "first" }, 120, 120);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (float)i), first.Model.Asked.Single());
        var last = Analyse(s_plain with { Select = "last" }, 120, 120);
        Assert.Equal(Enumerable.Range(70, 50).Select(i => (float)i), last.Model.Asked.Single());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(119)]
    [InlineData(500)]
    public void Last_is_right_whatever_the_header_says(int header)
    {
        var (model, _, result) = Analyse(s_plain with { Select = "last" }, 120, header);
        Assert.Equal(Enumerable.Range(70, 50).Select(i => (float)i), model.Asked.Single());
        Assert.Equal(7, result.Value.Windows.Single().FromS, 1e-9);
        Assert.Equal(12, result.Value.Windows.Single().ToS, 1e-9);
    }

    [Fact]
    public void A_short_clip_repeats_its_last_frame_or_ends_in_black_or_is_refused()
    {
        var repeated = Analyse(s_plain, 30, 30).Model.Asked.Single();
        Assert.Equal(29f, repeated[49]);
        var black = Analyse(s_plain with { ShortClip = "zero_pad" }, 30, 30).Model.Asked.Single();
        Assert.Equal((29f, 0f), (black[29], black[30]));
        Assert.Equal("clip_too_short", Analyse(s_plain with { ShortClip = "reject" }, 30, 30).Result.Error!.Code);
    }

    [Fact]
    public void A_clip_without_a_frame_is_refused() => Assert.Equal("clip_without_frames", Analyse(s_plain, 0, 10).Result.Error!.Code);

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void Windows_are_a_stride_apart_and_each_is_asked(int stride)
    {
        var (model, _, result) = Analyse(s_plain with { Select = "window", Stride = stride }, 115, 115);
        int[] starts = stride == 20 ? [0, 20, 40, 60] : [0, 60];
        Assert.Equal(starts.Select(s => (float)s), model.Asked.Select(a => a[0]));
        Assert.All(model.Asked, a => Assert.Equal(a[0] + 49, a[49]));
        Assert.Equal(starts.Select(s => s / 10.0), result.Value.Windows.Select(w => w.FromS));
    }

    [Fact]
    public void A_clip_shorter_than_a_window_is_one_window() =>
        Assert.Equal(19f, Analyse(s_plain with { Select = "window" }, 20, 20).Model.Asked.Single()[49]);

    [Fact]
    public void Windows_are_aggregated_as_the_manifest_says()
    {
        double[] scores = [0.1, 0.9, 0.2, 0.4];
        var windows = s_plain with { Select = "window", Stride = 20 };
        Assert.Equal(0.9, Analyse(windows, 115, 115, scores).Result.Value.Confidence, 1e-6);
        Assert.Equal(0.4, Analyse(windows with { Aggregate = "mean" }, 115, 115, scores).Result.Value.Confidence, 1e-6);
        var p90 = Analyse(windows with { Aggregate = "p90" }, 115, 115, scores).Result.Value;
        Assert.Equal(0.75, p90.Confidence, 1e-6);
        Assert.Equal(1, p90.Labels.Values.Sum(), 1e-6);
    }

    [Fact]
    public void Consecutive_wants_so_many_windows_in_a_row()
    {
        var windows = s_plain with { Select = "window", Stride = 20, Consecutive = 2 };
        Assert.False(Analyse(windows, 115, 115, [0.9, 0.1, 0.9, 0.1]).Result.Value.Anomaly);
        Assert.True(Analyse(windows, 115, 115, [0.1, 0.9, 0.9, 0.1]).Result.Value.Anomaly);
        Assert.True(Analyse(windows, 50, 50, [0.9]).Result.Value.Anomaly);
    }

    [Fact]
    public void Scales_are_what_they_are_called()
    {
        Assert.Equal(98 / 255f, Analyse(new ModelManifest(), 100, 100).Model.Asked.Single()[49], 1e-7f);
        Assert.Equal(98 / 256f, Analyse(new ModelManifest { Scale = "1/256" }, 100, 100).Model.Asked.Single()[49], 1e-7f);
        Assert.Equal((98 / 127.5f) - 1, Analyse(new ModelManifest { Scale = "1/127.5-1" }, 100, 100).Model.Asked.Single()[49], 1e-6f);
        var standard = Analyse(new ModelManifest { Scale = "zscore" }, 100, 100).Model.Asked.Single();
        Assert.Equal(0, standard.Average(), 1e-5f);
        Assert.Equal(1, standard.Average(v => v * v), 1e-4f);
        Assert.All(Analyse(new ModelManifest { Scale = "zscore" }, 1, 1).Model.Asked.Single(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Differences_are_from_the_frame_before_and_the_first_is_black()
    {
        var asked = Analyse(s_plain with { Difference = true }, 150, 150).Model.Asked.Single();
        Assert.Equal(0, asked[0]);
        Assert.All(asked[1..], v => Assert.Equal(1, v));
    }

    [Fact]
    public void The_confidence_is_the_anomalies_score_whatever_the_verdict()
    {
        var calm = Analyse(s_plain, 100, 100, [0.6]).Result.Value;
        Assert.Equal((false, "anomaly"), (calm.Anomaly, calm.Label));
        Assert.Equal(0.6, calm.Confidence, 1e-6);
        var none = Analyse(s_plain, 100, 100, [0.2]).Result.Value;
        Assert.Equal("normal", none.Label);
        Assert.Equal(0.2, none.Confidence, 1e-6);
    }

    [Fact]
    public void Numbers_that_are_none_are_an_error() =>
        Assert.Equal("scores_not_finite", Analyse(s_plain, 100, 100, [double.NaN]).Result.Error!.Code);

    private static (ScriptedModel Model, NumberedClip Clip, Result<AnalysisResult> Result) Analyse(
        ModelManifest manifest, int frames, int header, double[]? scores = null)
    {
        var scripted = new ScriptedModel(scores ?? [0.5]);
        var clip = new NumberedClip(frames, header);
        using var model = ClipModel.Load(Path.Combine(AppContext.BaseDirectory, "samples", "model.h5"), manifest, scripted).Value;
        return (scripted, clip, new ClipAnalyser(clip).Analyse("clip.mp4", model, default));
    }
}
