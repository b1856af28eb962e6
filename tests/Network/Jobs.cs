using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Network;

/// <summary>What users do with Siaga, run inside the namespace.</summary>
internal static partial class Jobs
{
    public const string Up = "up";
    public const string Worker = "worker";
    public const string Analyse = "analyse";
    public const string ModelRun = "model-run";

    /// <summary>Printed when the job is done and its programs are still running.</summary>
    public const string Done = "done";

    /// <summary>The product's jobs; the others are those of <see cref="BareModel"/>.</summary>
    public static readonly IReadOnlyList<string> OfSiaga = [Up, Worker, Analyse, ModelRun];

    private const int ClipFrames = 50;
    private const int ClipSide = 64;

    /// <param name="job">The job's name.</param>
    /// <param name="isSeen">Whether a DNS query and a packet have been seen already.</param>
    public static Task RunAsync(string job, Func<bool> isSeen) => job switch
    {
        Up => UpAsync(),
        Worker => WorkerAsync(),
        Analyse => AnalyseAsync(),
        ModelRun => CommandAsync("model", "run", Tree.Model, "--input", Tensor()),
        BareModel.WithoutSwitch => BareAsync(job, isSeen),
        _ => BareAsync(job, () => true),
    };

    /// <summary>The main job, and every page of the server.</summary>
    private static async Task UpAsync()
    {
        await using var siaga = await SiagaProcess.UpAsync(Inside.Data);
        using var api = await MainJobAsync(siaga, siaga);
        var pages = new[] { "", "docs/", "openapi/v1.json", "metrics", "healthz/ready" };
        Assert.All(await Task.WhenAll(pages.Select(p => ReadAsync(siaga.Address, p))), p => Assert.NotEmpty(p));
        var parts = Part().Matches(await ReadAsync(siaga.Address, "")).Select(m => m.Groups["path"].Value);
        foreach (var part in parts.Distinct(StringComparer.Ordinal))
        {
            Assert.DoesNotContain("//", part, StringComparison.Ordinal);
            await ReadAsync(siaga.Address, part);
        }

        await StayAsync();
        Assert.Equal(0, await siaga.StopAsync());
    }

    /// <summary>Each service as a separate process.</summary>
    private static async Task WorkerAsync()
    {
        await using var backend = await SiagaProcess.ServeAsync("backend", Inside.Data);
        await using var ingestion = await SiagaProcess.ServeAsync("ingestion", Inside.Data, $"Ingestion:BackendUrl={backend.Address}");
        await using var worker = await SiagaProcess.ServeAsync("worker", Inside.Data, $"Worker:BackendUrl={backend.Address}");
        using var api = await MainJobAsync(backend, ingestion);
        await StayAsync();
        Assert.Equal(0, await worker.StopAsync());
        Assert.Equal(0, await ingestion.StopAsync());
        Assert.Equal(0, await backend.StopAsync());
    }

    /// <summary>Creates a company and a camera, uploads a clip, waits for its anomaly and makes a playable copy with ffmpeg.</summary>
    private static async Task<Api> MainJobAsync(SiagaProcess backend, SiagaProcess ingestion)
    {
        var api = new Api(backend.Address);
        await api.SignInAsync();
        var camera = await api.MakeCameraAsync();
        using var uploads = new Api(ingestion.Address);
        var sent = await uploads.UploadAsync(camera, Tree.Anomaly);
        Assert.True(sent.Status == 202, $"The upload was answered {sent.Status}:\n{ingestion.Error}");
        var clip = sent.Body.GetProperty("clip_id").GetString();
        await Eventually.TrueAsync("the clip is an anomaly", async () => (await api.ListAsync("api/anomalies")).Count == 1);
        Assert.Equal(202, (await api.SendAsync(HttpMethod.Post, $"api/clips/{clip}/playable")).Status);
        await Eventually.TrueAsync("the copy is made or cannot be", async () =>
            (await api.SendAsync(HttpMethod.Get, $"api/clips/{clip}")).Body.GetProperty("playable").GetString() is not "preparing");
        return api;
    }

    /// <summary>Keeps the programs running until the test ends them: some software reports only after a while.</summary>
    private static async Task StayAsync()
    {
        await Console.Out.WriteLineAsync(Done);
        await Console.In.ReadLineAsync();
    }

    /// <summary>
    /// Analyses a clip, and files that only look like one: playlists that refer to other addresses, which a decoder must not fetch.
    /// </summary>
    private static async Task AnalyseAsync()
    {
        await CommandAsync("analyse", Tree.Anomaly, "--model", Tree.Model);
        (string Name, string Content)[] lists =
        [
            ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://elsewhere.example/1.ts\n#EXT-X-ENDLIST\n"),
            ("list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://elsewhere.example/2.ts\n#EXT-X-ENDLIST\n"),
            ("list.ffconcat", "ffconcat version 1.0\nfile http://elsewhere.example/3.mp4\n"),
            ("session.sdp", "v=0\no=- 0 0 IN IP4 192.0.2.55\ns=-\nc=IN IP4 192.0.2.55\nt=0 0\nm=video 5004 RTP/AVP 32\n"),
        ];
        foreach (var (name, content) in lists)
            await File.WriteAllTextAsync(Path.Combine(Inside.Data, name), content);
        var outcome = await SiagaProcess.RunAsync(
            ["analyse", .. lists.Select(l => Path.Combine(Inside.Data, l.Name)), "--model", Tree.Model, "--json"]);
        Assert.Equal(lists.Length, outcome.Lines.Count(l => l.TryGetProperty("error", out _)));
    }

    private static async Task CommandAsync(params string[] arguments)
    {
        var outcome = await SiagaProcess.RunAsync(arguments);
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.NotEmpty(outcome.Output);
    }

    private static async Task BareAsync(string way, Func<bool> isSeen)
    {
        using var program = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["model", way])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        Assert.Equal(Done, await program.StandardOutput.ReadLineAsync());
        await Eventually.TrueAsync("it asks for a name and connects", isSeen, TimeSpan.FromSeconds(60));
        program.StandardInput.Close();
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
    }

    /// <summary>A clip's frames in the sample model's input format, all black, as an .npy file.</summary>
    private static string Tensor()
    {
        const int Padded = 117;
        var shape = string.Create(CultureInfo.InvariantCulture, $"(1, {ClipFrames}, {ClipSide}, {ClipSide}, 3)");
        var header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".PadRight(Padded) + "\n");
        var frames = new byte[ClipFrames * ClipSide * ClipSide * 3 * sizeof(float)];
        var file = Path.Combine(Inside.Data, "frames.npy");
        File.WriteAllBytes(file, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. frames]);
        return file;
    }

    private static async Task<string> ReadAsync(Uri server, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html, */*");
        return await http.GetStringAsync(new Uri(server, path));
    }

    [GeneratedRegex("(src|href)=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
