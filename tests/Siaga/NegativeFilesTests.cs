using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>Broken real-world files, as model and as clip.</summary>
public sealed class NegativeFilesTests
{
    private static IReadOnlyList<string> Files => [.. Directory.GetFiles(Tree.Real("negative")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task None_of_them_is_taken_for_a_model()
    {
        Assert.Equal(13, Files.Count);
        foreach (var file in Files)
        {
            var done = await SiagaProcess.RunAsync("model", "inspect", file);
            Assert.True(done.Code == 2 && done.Output.Length == 0, $"{file}: {done.Code} {done.Output}");
            Assert.Single(done.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            var analysed = await SiagaProcess.RunAsync("analyse", Tree.Anomaly, "--model", file, "--json");
            Assert.True(analysed.Code == 2 && analysed.Output.Length == 0, $"{file}: {analysed.Code} {analysed.Output}");
        }
    }

    [Fact]
    public async Task None_of_them_is_taken_for_a_clip()
    {
        var done = await SiagaProcess.RunAsync(["analyse", .. Files, "--model", Tree.Model, "--json"]);
        Assert.Equal((1, Files.Count), (done.Code, done.Lines.Count));
        Assert.All(done.Lines, l => Assert.Equal(JsonValueKind.String, l.GetProperty("error").GetProperty("message").ValueKind));
    }

    [Fact]
    public async Task At_the_door_they_are_refused_or_become_a_failed_analysis_with_its_reason()
    {
        await using var host = await Installation.StartAsync(withWorker: true);
        var camera = await host.Api.MakeCameraAsync();
        foreach (var file in Files)
        {
            var answer = await host.Api.UploadAsync(camera, file);
            Assert.True(answer.Status is 400 or 415, $"{file}: {answer.Status}");
        }

        Assert.Equal(default, await host.TracesAsync());
    }
}
