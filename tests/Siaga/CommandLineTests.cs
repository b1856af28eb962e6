using System.Text.Json;

namespace Siaga.Tests.Siaga;

/// <summary>The command line as scripts use it: JSON lines, exit codes, and a single line for each refusal.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siaga-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Analyse_writes_a_line_a_clip_in_the_order_given()
    {
        var done = await SiagaProcess.RunAsync(["analyse", .. Tree.Clips, "--model", Tree.Model, "--json"]);
        Assert.True(done.Code == 0, done.Error);
        Assert.Equal(Tree.Clips, done.Lines.Select(l => l.GetProperty("clip").GetString()));
        Assert.All(done.Lines, line => Assert.Equal(
            ["clip", "frames", "seconds", "labels", "anomaly", "label", "confidence", "windows", "decode_ms", "infer_ms"],
            line.EnumerateObject().Select(p => p.Name).Take(10)));
        Assert.All(done.Lines, line => Assert.Equal(
            ["from_s", "to_s", "labels"], line.GetProperty("windows")[0].EnumerateObject().Select(p => p.Name)));
    }

    [Fact]
    public async Task Analyse_goes_on_past_a_clip_that_is_none_and_exits_with_1()
    {
        var broken = Path.Combine(_folder, "broken.mp4");
        await File.WriteAllTextAsync(broken, "no video");
        var missing = Path.Combine(_folder, "missing.mp4");
        var done = await SiagaProcess.RunAsync("analyse", broken, missing, Tree.Anomaly, "--model", Tree.Model, "--json");
        Assert.Equal((1, 3), (done.Code, done.Lines.Count));
        Assert.All(done.Lines.Take(2), l =>
        {
            Assert.False(string.IsNullOrEmpty(l.GetProperty("error").GetProperty("code").GetString()));
            Assert.False(string.IsNullOrEmpty(l.GetProperty("error").GetProperty("message").GetString()));
        });
        Assert.True(done.Lines[2].GetProperty("anomaly").GetBoolean());
    }

    [Fact]
    public async Task Dead_letters_are_listed_replayed_and_dropped()
    {
        await using var siaga = await SiagaProcess.UpAsync(_folder);
        using var api = new Api(siaga.Address);
        await api.SignInAsync();
        var camera = await api.MakeCameraAsync();

        // Half a clip: Ingestion accepts it as a video, but no decoder can read it.
        var half = (await File.ReadAllBytesAsync(Tree.Anomaly))[..4000];
        Assert.Equal(202, (await api.UploadAsync(camera.Key, new ByteArrayContent(half))).Status);
        Outcome list = new(0, "", "");
        await Eventually.TrueAsync("it is given up", async () => (list = await DeadAsync("list")).Lines.Count == 1);
        var letter = list.Lines[0];
        Assert.Equal("siaga.analysis", letter.GetProperty("queue").GetString());
        Assert.False(string.IsNullOrEmpty(letter.GetProperty("reason").GetString()));
        Assert.Equal(0, (await DeadAsync(
            "replay", letter.GetProperty("id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture))).Code);
        await Eventually.TrueAsync("it is given up again", async () =>
            (list = await DeadAsync("list")).Lines.Any(
                l => l.GetProperty("died_at").GetDateTimeOffset() > letter.GetProperty("died_at").GetDateTimeOffset()));
        var dropped = await DeadAsync("drop", "--all");
        Assert.Equal("dropped", Assert.Single(dropped.Lines).GetProperty("result").GetString());
        Assert.Empty((await DeadAsync("list")).Lines);
        Assert.Equal(1, (await DeadAsync("drop", "1")).Code);

        Task<Outcome> DeadAsync(params string[] args) => SiagaProcess.RunAsync(["tasks", "dead", .. args, "--data", _folder, "--json"]);
    }

    [Fact]
    public async Task Storage_is_copied_out_and_back_and_a_repeated_run_copies_only_what_is_missing()
    {
        var (copy, other) = (Path.Combine(_folder, "copy"), Path.Combine(_folder, "other"));
        var objects = Directory.CreateDirectory(Path.Combine(_folder, "clips", "objects", "7", "9"));
        await File.WriteAllTextAsync(Path.Combine(objects.FullName, "a.mp4"), "clip");
        await File.WriteAllTextAsync(Path.Combine(objects.FullName, "b.mp4"), "other clip");
        Assert.Equal("2 copied, 0 kept, 0 removed, 14 bytes", await StorageAsync("export", _folder));
        Assert.Equal("0 copied, 2 kept, 0 removed, 0 bytes", await StorageAsync("export", _folder));
        File.Delete(Path.Combine(objects.FullName, "b.mp4"));
        Assert.Equal("0 copied, 1 kept, 1 removed, 0 bytes", await StorageAsync("export", _folder));
        Assert.Equal("1 copied, 0 kept, 0 removed, 4 bytes", await StorageAsync("import", other));
        Assert.Equal("0 copied, 1 kept, 0 removed, 0 bytes", await StorageAsync("import", other));

        async Task<string> StorageAsync(string direction, string data)
        {
            var done = await SiagaProcess.RunAsync("storage", direction, copy, "--data", data, "--json");
            Assert.True(done.Code == 0, done.Error);
            var line = Assert.Single(done.Lines);
            return $"{line.GetProperty("copied")} copied, {line.GetProperty("kept")} kept, "
                + $"{line.GetProperty("removed")} removed, {line.GetProperty("bytes")} bytes";
        }
    }

    [Theory]
    [InlineData("analyse")]
    [InlineData("analyse", "a.mp4")]
    [InlineData("analyse", "a.mp4", "--model", "no-such-model.h5")]
    [InlineData("analyse", "a.mp4", "--model", "{model}", "--threshold", "2")]
    [InlineData("analyse", "a.mp4", "--model", "{model}", "--manifest", "no-such.json")]
    [InlineData("model", "inspect", "no-such-model.h5")]
    [InlineData("model", "run", "{model}")]
    [InlineData("model", "run", "{model}", "--input", "no-such.npy")]
    [InlineData("check", "--data", "no-such-folder")]
    [InlineData("up", "--port", "70000")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--set", "Ingestion:MaxClipByte=1")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--set", "Worker:Modle=x")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--set", "Nonsense=x")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--set", "Ingestion:MaxClipBytes=-1")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--set", "Worker:Model=/no/such/model.h5")]
    [InlineData("up", "--data", "{folder}", "--port", "0", "--config", "no-such.json")]
    [InlineData("storage", "import", "no-such-copy", "--data", "{folder}")]
    [InlineData("tasks", "dead", "replay", "--data", "{folder}")]
    [InlineData("tasks", "dead", "drop", "x", "--data", "{folder}")]
    [InlineData("tasks", "dead", "list", "--data", "{folder}", "--set", "Messaging:Broker=pigeon")]
    [InlineData(
        "tasks", "dead", "list", "--data", "{folder}", "--set", "Messaging:Broker=rabbitmq", "--set",
        "Messaging:RabbitMq:Url=amqp://127.0.0.1:1")]
    [InlineData("nonsense")]
    public async Task What_cannot_be_is_refused_in_a_line_with_exit_code_2(params string[] args)
    {
        var done = await SiagaProcess.RunAsync([.. args.Select(
            a => a.Replace("{model}", Tree.Model, StringComparison.Ordinal).Replace("{folder}", _folder, StringComparison.Ordinal))]);
        Assert.True(done.Code == 2, $"exit code {done.Code}\n{done.Output}\n{done.Error}");
        Assert.Equal("", done.Output);
        Assert.Single(done.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_inspect_and_run_tell_what_is_in_the_file()
    {
        var inspected = await SiagaProcess.RunAsync("model", "inspect", Tree.Model, "--json");
        Assert.True(inspected.Code == 0, inspected.Error);
        var model = JsonDocument.Parse(inspected.Output).RootElement;
        Assert.True(model.GetProperty("parameters").GetInt64() > 0);
        Assert.True(model.GetProperty("layers").GetArrayLength() > 0);

        var input = Path.Combine(_folder, "input.npy");
        await File.WriteAllBytesAsync(input, Npy([1, 50, 64, 64, 3]));
        var run = await SiagaProcess.RunAsync("model", "run", Tree.Model, "--input", input);
        Assert.True(run.Code == 0, run.Error);
        var output = JsonDocument.Parse(run.Output).RootElement.GetProperty("outputs")[0];
        Assert.Equal([1, 2], output.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(1, output.GetProperty("values").EnumerateArray().Sum(v => v.GetDouble()), 1e-5);
    }

    [Fact]
    public async Task A_damaged_clip_has_its_answer_and_no_message_of_a_library_where_the_bundled_FFmpeg_decodes()
    {
        // The loader finds it before the system's library and cannot load it.
        await File.WriteAllTextAsync(Path.Combine(_folder, "libavutil.so.57"), "");
        var (clip, whole) = (Path.Combine(_folder, "damaged.mp4"), await File.ReadAllBytesAsync(Tree.Anomaly));
        await File.WriteAllBytesAsync(clip, whole[..1000]);
        var done = await SiagaProcess.RunWithAsync(
            new() { ["LD_LIBRARY_PATH"] = _folder }, "analyse", clip, "--model", Tree.Model, "--json");
        Assert.Equal("clip_unreadable", done.Lines[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("", done.Error);
    }

    [Fact]
    public async Task A_data_folder_runs_once_and_the_second_start_says_why_not()
    {
        await using var first = await SiagaProcess.UpAsync(_folder);
        var second = await SiagaProcess.RunAsync("up", "--data", _folder, "--port", "0");
        Assert.Equal(2, second.Code);
        Assert.Contains("Another process already runs", second.Error, StringComparison.Ordinal);
        Assert.Single(second.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_line()
    {
        await using var first = await SiagaProcess.UpAsync(Path.Combine(_folder, "one"));
        var port = first.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var second = await SiagaProcess.RunAsync("up", "--data", Path.Combine(_folder, "two"), "--port", port);
        Assert.Equal(2, second.Code);
        Assert.Contains(port, second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_finds_an_object_without_a_row_and_a_row_without_its_object()
    {
        await using (var up = await SiagaProcess.UpAsync(_folder))
        {
            using var api = new Api(up.Address);
            await api.SignInAsync();
            var camera = await api.MakeCameraAsync();
            await api.UploadAsync(camera, Tree.Anomaly);
            await Eventually.TrueAsync("it is analysed", async () => (await api.ListAsync("api/analyses")).Count == 1);
        }

        Assert.Equal(0, (await SiagaProcess.RunAsync("check", "--data", _folder, "--content", "--json")).Code);
        var clip = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "clips", "objects"), "*.mp4", SearchOption.AllDirectories));
        File.Move(clip, clip.Replace("Z.mp4", "Z-moved.mp4", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(
            clip.Replace("Z.mp4", "Z-moved.mp4", StringComparison.Ordinal), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var done = await SiagaProcess.RunAsync("check", "--data", _folder, "--json");
        Assert.Equal(1, done.Code);
        Assert.True(done.Lines.Count >= 3, done.Output);
    }

    [Fact]
    public async Task The_demonstration_ends_with_every_verdict_right()
    {
        var done = await SiagaProcess.RunAsync("demo", "--exit", "--json");
        Assert.True(done.Code == 0, done.Output + done.Error);
        Assert.Equal(Tree.Clips.Count, done.Lines.Count);
    }

    /// <summary>A NumPy file of zeros, float32.</summary>
    private static byte[] Npy(int[] shape)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        return [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. System.Text.Encoding.ASCII.GetBytes(header),
            .. new byte[shape.Aggregate(4, (a, b) => a * b)]];
    }
}
