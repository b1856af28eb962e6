using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Siaga.Analysis;
using Siaga.Backend;
using Siaga.Inference.Onnx;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Tests.Analysis;

/// <summary>A clip whose camera was purged while it waited: there is no one to report to, and no dead letter would help.</summary>
public sealed class PurgedCameras
{
    private static readonly Error s_gone = new(ErrorKind.NotFound, "clip_gone", "The clip is no longer in storage.");

    [Fact]
    public async Task A_report_about_a_camera_that_is_gone_is_done()
    {
        using var backend = new Answering(
            HttpStatusCode.NotFound, """{"code":"camera_not_found","error":"This company has no such camera."}""");
        Assert.Equal(HandlingResult.Done, await ReportAsync(backend));
    }

    [Fact]
    public async Task A_report_that_another_404_answers_is_a_dead_letter()
    {
        using var backend = new Answering(HttpStatusCode.NotFound, "<html>a proxy's page</html>");
        Assert.Equal("report_refused", Assert.IsType<HandlingResult.RejectResult>(await ReportAsync(backend)).Code);
    }

    [Fact]
    public async Task A_failure_that_the_backend_stored_is_a_dead_letter_with_its_own_reason()
    {
        using var backend = new Answering(HttpStatusCode.Created, """{"analysis_id":1}""");
        Assert.Equal(HandlingResult.Reject(s_gone.Code, s_gone.Message), await ReportAsync(backend));
    }

    private static async Task<HandlingResult> ReportAsync(Answering backend)
    {
        var address = new BackendAddress();
        address.Set(new Uri("http://backend.test/"));
        var calls = new WorkerApi(new BackendClient(backend, address, ("X-Worker-Token", "a-token-of-a-worker-for-tests"), "worker"));
        var options = Options.Create(new WorkerOptions());
        using var model = new ModelInUse(options, new OnnxInferenceRuntime());
        var reporter = new ResultReporter(calls, model, options, TimeProvider.System, NullLogger<ResultReporter>.Instance);
        var at = DateTimeOffset.UnixEpoch;
        var task = new ClipStored
        {
            TaskId = "t",
            ClipId = "c",
            CameraId = "9",
            CompanyId = 7,
            VideoPath = "7/9/c.mp4",
            OriginalFilename = "c.mp4",
            Size = 1,
            Sha256 = new string('a', 64),
            CapturedAt = at,
            ReceivedAt = at,
        };
        return await reporter.ReportFailureAsync(task, s_gone, TestContext.Current.CancellationToken);
    }

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/problem+json")
            });
    }
}
