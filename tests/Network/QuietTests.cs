using System.Diagnostics;

namespace Siaga.Tests.Network;

/// <summary>
/// Nothing phones home. Each job runs in its own network, whose name server records every query and whose packets are all recorded, with
/// empty home and temporary folders.
/// </summary>
/// <remarks>
/// What ONNX Runtime 1.31.1 does while telemetry is on, as seen with such a watcher: at the first session it creates
/// <c>~/.cache/Microsoft/DeveloperTools/.onnxruntime/deviceid</c>, <c>onnxruntime.db</c> beside it and <c>$TMPDIR/.ses</c>. About seven
/// seconds later it queries A and AAAA of mobile.events.data.microsoft.com, or uses the proxy from the environment, and connects to port
/// 443 of the answer. A program that ends sooner only leaves the files. A CI variable such as GITHUB_ACTIONS turns all of that off, so with
/// the environment of such a machine a test would see nothing.
/// </remarks>
public sealed class QuietTests(WatchedJobs jobs) : IClassFixture<WatchedJobs>
{
    private const string Asked = "mobile.events.data.microsoft.com";

    [Theory]
    [InlineData(Jobs.Up)]
    [InlineData(Jobs.Worker)]
    [InlineData(Jobs.Analyse)]
    [InlineData(Jobs.ModelRun)]
    [InlineData(BareModel.WithSwitch)]
    public void No_question_no_packet_and_no_file_of_others_is_seen(string job)
    {
        var seen = jobs.Of(job);
        Assert.True(seen.Listed.Length == 0, seen.Listed);
    }

    [Fact]
    public void With_the_switch_taken_out_the_same_watcher_sees_questions_packets_and_files()
    {
        var seen = jobs.Of(BareModel.WithoutSwitch);
        Assert.Contains($"A {Asked}", seen.Questions);
        Assert.Contains("TCP 198.51.100.7:443", seen.Packets);
        AssertReports(seen);
    }

    [Theory]
    [InlineData(BareModel.DotNetSetter)]
    [InlineData(BareModel.EventsDisabled)]
    public void Neither_the_setter_of_DotNet_nor_the_call_of_the_API_is_enough(string way) => AssertReports(jobs.Of(way));

    [Fact]
    public async Task The_adapter_loads_no_model_without_the_switch()
    {
        using var program = Process.Start(Environment.ProcessPath!, ["model", BareModel.Adapter]);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, program.ExitCode);
    }

    private static void AssertReports(Sightings seen)
    {
        Assert.Contains("/tmp/home/.cache/Microsoft/DeveloperTools/.onnxruntime/onnxruntime.db", seen.Files);
        Assert.Contains("/tmp/own/.ses", seen.Files);
    }
}
