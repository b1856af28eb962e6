using CsCheck;
using Siaga.Analysis;

namespace Siaga.Tests.Unit.Analysis;

public sealed class ModelManifestTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Null(new ModelManifest().Check());

    [Fact]
    public void A_threshold_is_from_0_to_1()
    {
        Gen.Double[-1, 2].Sample(t => IsValid(new ModelManifest { Threshold = t }) == (t is >= 0 and <= 1));
        Assert.True(IsValid(new ModelManifest { Threshold = 0 }));
        Assert.True(IsValid(new ModelManifest { Threshold = 1 }));
        Assert.False(IsValid(new ModelManifest { Threshold = double.NaN }));
    }

    [Fact]
    public void Stride_and_consecutive_are_at_least_1() => Gen.Int[-3, 3].Sample(n =>
        IsValid(new ModelManifest { Stride = n }) == n >= 1 && IsValid(new ModelManifest { Consecutive = n }) == n >= 1);

    [Fact]
    public void Labels_are_names_each_once()
    {
        Assert.False(IsValid(new ModelManifest { Labels = [] }));
        Assert.False(IsValid(new ModelManifest { Labels = ["fire", "fire"] }));
        Assert.True(IsValid(new ModelManifest { Labels = ["fire", "Fire"] }));
    }

    [Fact]
    public void An_anomaly_is_one_of_the_labels()
    {
        Assert.True(IsValid(new ModelManifest { Anomalies = ["anomaly"] }));
        Assert.False(IsValid(new ModelManifest { Anomalies = ["fire"] }));
        Assert.True(IsValid(new ModelManifest { Labels = ["calm", "fire"], Anomalies = ["fire"] }));
    }

    [Theory]
    [InlineData("select", "window", "middle")]
    [InlineData("aggregate", "p90", "median")]
    [InlineData("short_clip", "zero_pad", "loop")]
    [InlineData("resize", "cubic", "lanczos")]
    [InlineData("colour", "gray", "hsv")]
    [InlineData("scale", "1/127.5-1", "1/128")]
    public void A_choice_is_one_of_those_that_there_are(string field, string good, string bad)
    {
        Assert.Null(With(field, good).Check());
        Assert.Contains($"'{field}'", With(field, bad).Check()!.Message, StringComparison.Ordinal);
        Assert.NotNull(With(field, good.ToUpperInvariant() + "x").Check());
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var message = new ModelManifest { Threshold = 2, Stride = 0, Select = "middle" }.Check()!.Message;
        Assert.All((string[])["'threshold'", "'stride'", "'select'"], field => Assert.Contains(field, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("normal", false)]
    [InlineData("Normal", false)]
    [InlineData("none", false)]
    [InlineData("NonViolence", false)]
    [InlineData("regular_walk", false)]
    [InlineData("abnormal", true)]
    [InlineData("fight", true)]
    public void Without_a_list_every_label_that_does_not_sound_calm_is_an_anomaly(string label, bool isAnomaly) =>
        Assert.Equal(isAnomaly, new ModelManifest().IsAnomaly(label));

    [Fact]
    public void With_a_list_it_alone_counts()
    {
        var manifest = new ModelManifest { Labels = ["normal", "fight"], Anomalies = ["normal"] };
        Assert.True(manifest.IsAnomaly("normal"));
        Assert.False(manifest.IsAnomaly("fight"));
        Assert.False(manifest.IsAnomaly("Normal"));
    }

    [Theory]
    [InlineData(1, "anomaly")]
    [InlineData(2, "anomaly,normal")]
    [InlineData(3, null)]
    public void One_or_two_outputs_need_no_labels(int outputs, string? labels)
    {
        Assert.Equal(labels?.Split(','), new ModelManifest().LabelsFor(outputs));
        Assert.Equal(["a"], new ModelManifest { Labels = ["a"] }.LabelsFor(outputs));
    }

    private static bool IsValid(ModelManifest manifest) => manifest.Check() is null;

    private static ModelManifest With(string field, string value) => field switch
    {
        "select" => new() { Select = value },
        "aggregate" => new() { Aggregate = value },
        "short_clip" => new() { ShortClip = value },
        "resize" => new() { Resize = value },
        "colour" => new() { Colour = value },
        _ => new() { Scale = value },
    };
}
