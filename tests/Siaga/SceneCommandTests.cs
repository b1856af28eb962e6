using Siaga.Bench.Scenes;

namespace Siaga.Tests.Siaga;

/// <summary><c>siaga scene</c> as scripts use it.</summary>
public sealed class SceneCommandTests : IDisposable
{
    private static readonly string s_clips = Path.Combine(Tree.Root, "samples", "clips");
    private static readonly string s_walker = Path.Combine(s_clips, "lone-walker.mp4");
    private static readonly string s_walkers = Path.Combine(s_clips, "two-walkers.mp4");

    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-scene-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Score_writes_a_line_a_frame_and_a_stored_state_scores_the_same()
    {
        var state = Path.Combine(_folder, "gate.scene");
        var learned = await SiagaProcess.RunAsync("scene", "score", s_walker, Tree.Anomaly, "--learn", s_clips, "--state", state, "--json");
        Assert.True(learned.Code == 0, learned.Error);
        Assert.All(learned.Lines, line => Assert.Equal(
            ["clip", "frame", "t_s", "score", "box", "attribute"], line.EnumerateObject().Select(p => p.Name)));
        var walker = learned.Lines.Where(l => l.GetProperty("clip").GetString() == s_walker).ToList();
        Assert.Equal(Enumerable.Range(0, walker.Count), walker.Select(l => l.GetProperty("frame").GetInt32()));
        Assert.All(learned.Lines, line => Assert.Equal(4, line.GetProperty("box").GetArrayLength()));
        var remembered = await SiagaProcess.RunAsync("scene", "score", s_walker, Tree.Anomaly, "--state", state, "--json");
        Assert.Equal((0, learned.Output), (remembered.Code, remembered.Output));
        Assert.Equal([state], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Render_writes_a_picture_or_a_video()
    {
        var picture = await SiagaProcess.RunAsync(
            "scene", "render", s_walker, "--learn", s_walkers, "--output", Path.Combine(_folder, "pictures"));
        Assert.True(picture.Code == 0, picture.Error);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "pictures", "lone-walker.jpg")).Length, 1000, 1 << 20);
        var video = Path.Combine(_folder, "shown.mp4");
        var rendered = await SiagaProcess.RunAsync("scene", "render", s_walker, "--learn", s_walkers, "--output", video);
        Assert.True(rendered.Code == 0, rendered.Error);
        var played = await SiagaProcess.RunAsync("scene", "score", video, "--learn", video, "--json");
        Assert.True(played.Code == 0, played.Error);
        Assert.NotEmpty(played.Lines);
    }

    [Theory]
    [InlineData("score", "{missing}", "--learn", "{clips}")]
    [InlineData("score", "{walker}")]
    [InlineData("score", "{walker}", "--learn", "{folder}")]
    [InlineData("score", "{walker}", "--learn", "{missing}")]
    [InlineData("score", "{walker}", "--learn", "{broken}")]
    [InlineData("score", "{broken}", "--learn", "{clips}")]
    [InlineData("score", "{walker}", "--state", "{missing}")]
    [InlineData("score", "{walker}", "--state", "{broken}")]
    [InlineData("score", "{walker}", "--learn", "{walker}", "--state", "{broken}")]
    [InlineData("score", "{walker}", "--learn", "{walker}", "--state", "{folder}")]
    [InlineData("score", "{walker}", "--learn", "{walker}", "--state", "{folder}/no/such/state")]
    [InlineData("score", "--learn", "{walker}")]
    [InlineData("render", "{walker}", "--learn", "{walker}")]
    [InlineData("render", "{walker}", "--learn", "{walker}", "--output", "{folder}/no/such/shown.mp4")]
    [InlineData("render", "{walker}", "--learn", "{walker}", "--output", "{broken}/pictures")]
    [InlineData("render", "{walker}", "{walker}", "--learn", "{walker}", "--output", "{folder}/shown.mp4")]
    [InlineData("render", "{walker}", "--learn", "{walker}", "--output", "{folder}/shown.png")]
    [InlineData("render", "{walker}", "--learn", "{walker}", "--output", "{folder}/pictures", "--false-alarms", "2")]
    public async Task What_cannot_be_is_refused_in_a_line_with_exit_code_2(params string[] args)
    {
        var broken = Path.Combine(_folder, "broken");
        var empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        await File.WriteAllTextAsync(broken, "neither a clip nor a state");
        var done = await SiagaProcess.RunAsync(["scene", .. args.Select(a => a
            .Replace("{missing}", Path.Combine(_folder, "missing.mp4"), StringComparison.Ordinal)
            .Replace("{broken}", broken, StringComparison.Ordinal)
            .Replace("{folder}", empty, StringComparison.Ordinal).Replace("{clips}", s_clips, StringComparison.Ordinal)
            .Replace("{walker}", s_walker, StringComparison.Ordinal))]);
        Assert.True(done.Code == 2, $"exit code {done.Code}\n{done.Output}\n{done.Error}");
        Assert.Equal("", done.Output);
        Assert.Single(done.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_cut_short_is_scored_as_far_as_it_goes_or_refused_and_never_worse()
    {
        var whole = await File.ReadAllBytesAsync(s_walker);
        foreach (var share in new[] { 0.02, 0.5, 0.9, 0.999 })
        {
            var cut = Path.Combine(_folder, "cut.mp4");
            await File.WriteAllBytesAsync(cut, whole[..(int)(share * whole.Length)]);
            var done = await SiagaProcess.RunAsync("scene", "score", cut, "--learn", s_walkers, "--json");
            Assert.True(done.Code is 0 or 2, $"{share}: exit code {done.Code}\n{done.Error}");
            Assert.DoesNotContain("   at ", done.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_state_of_a_camera_with_another_shape_of_picture_is_refused()
    {
        var (state, video) = (Path.Combine(_folder, "wide.scene"), Path.Combine(_folder, "tall.mp4"));
        Assert.Equal(0, (await SiagaProcess.RunAsync("scene", "score", s_walker, "--learn", s_walkers, "--state", state)).Code);

        // A rendered clip is taller because of the strip below the picture.
        Assert.Equal(0, (await SiagaProcess.RunAsync("scene", "render", s_walker, "--state", state, "--output", video)).Code);
        var done = await SiagaProcess.RunAsync("scene", "score", video, "--state", state);
        Assert.Equal(2, done.Code);
        Assert.Contains("does not fit the learned footage", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ped2_through_the_command_has_the_published_measure()
    {
        var data = new Ped2(Tree.Real("ped2"));
        var done = await SiagaProcess.RunAsync(["scene", "score", .. data.Testing, "--learn", .. data.Training, "--json"]);
        Assert.True(done.Code == 0, done.Error);
        Assert.Equal(2010, done.Lines.Count);
        var labels = data.Testing.ToDictionary(c => c, data.LabelsOf, StringComparer.Ordinal);
        var frames = done.Lines.Select(
            l => (l.GetProperty("score").GetDouble(), labels[l.GetProperty("clip").GetString()!](l.GetProperty("frame").GetInt32())))
            .ToList();
        Assert.InRange(Ped2.Auc(frames), 0.982, 1);
    }
}
