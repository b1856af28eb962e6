using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Analysis;
using Siaga.Analysis.Detection;
using Siaga.Analysis.Playable;
using Siaga.Analysis.Scenes;
using Siaga.BlobStorage;
using Siaga.Messages;
using Siaga.Messaging;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Analysis;

/// <summary>What a worker makes of the Backend's answers, and of a storage that fails after the report.</summary>
public sealed class WorkerTests : IDisposable
{
    private static readonly DateTimeOffset s_eight = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClipFindings s_calm = new(new PassOutcome(new ClipLength(30, 3), null, [], TimeSpan.Zero, TimeSpan.Zero));

    private readonly FakeTimeProvider _time = new(s_eight);
    private readonly FakeStorage _storage = new();
    private readonly FakeServer _backend;
    private readonly ModelInUse _model = new(Options.Create(new WorkerOptions()), null!);
    private Func<HttpResponseMessage> _answer = () => FakeServer.Json("""{"anomaly_id":null}""");

    public WorkerTests() => _backend = new FakeServer(_ => _answer());

    private WorkerApi Api => new(_backend.ToBackend());

    public void Dispose()
    {
        _backend.Dispose();
        _model.Dispose();
    }

    [Fact]
    public async Task A_report_that_was_stored_is_done_and_its_time_is_known()
    {
        var reporter = Reporter();
        Assert.Null(reporter.LastReportAt);
        var (result, recorded) = await reporter.ReportAsync(Clip(), s_calm, TestContext.Current.CancellationToken);
        Assert.Equal((HandlingResult.Done, s_eight), (result, reporter.LastReportAt!.Value));
        Assert.NotNull(recorded);
        var body = JsonNode.Parse(Assert.Single(_backend.Bodies))!;
        Assert.Equal(("analysed", false, "scene"), ((string)body["state"]!, (bool)body["anomaly"]!, (string)body["detector"]!));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task A_report_that_the_backend_calls_invalid_is_a_dead_letter(int status)
    {
        _answer = () => FakeServer.Json("""{"code":"x"}""", (HttpStatusCode)status);
        Assert.Equal("report_refused", Assert.IsType<HandlingResult.RejectResult>(await ReportAsync()).Code);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task One_that_it_may_take_later_is_tried_again_and_not_sooner_than_it_says(int status)
    {
        _answer = () =>
        {
            var answer = FakeServer.Json("{}", (HttpStatusCode)status);
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(40));
            return answer;
        };
        var retry = Assert.IsType<HandlingResult.RetryResult>(await ReportAsync());
        Assert.Equal(("backend_unavailable", TimeSpan.FromSeconds(40)), (retry.AwayCode!, retry.NotBefore!.Value));
        Assert.Null(Reporter().LastReportAt);
    }

    [Fact]
    public async Task A_backend_that_cannot_be_reached_is_an_outage()
    {
        _answer = () => throw new HttpRequestException("refused");
        Assert.Equal("backend_unavailable", Assert.IsType<HandlingResult.RetryResult>(await ReportAsync()).AwayCode);
        _answer = () => throw new TaskCanceledException("timeout");
        Assert.Equal("backend_unavailable", Assert.IsType<HandlingResult.RetryResult>(await ReportAsync()).AwayCode);
    }

    [Theory]
    [InlineData(200, "done")]
    [InlineData(204, "done")]
    [InlineData(404, "done")]
    [InlineData(400, "reject")]
    [InlineData(409, "reject")]
    [InlineData(413, "reject")]
    [InlineData(422, "reject")]
    [InlineData(401, "away")]
    [InlineData(500, "away")]
    public void A_copy_is_done_refused_or_told_again(int status, string kind) =>
        Assert.Equal(kind, MakePlayableCopy.ResultOf((HttpStatusCode)status) switch
        {
            HandlingResult.DoneResult => "done",
            HandlingResult.RejectResult => "reject",
            HandlingResult.RetryResult { AwayCode: "backend_unavailable" } => "away",
            _ => "something else",
        });

    [Theory]
    [InlineData("9", 9)]
    [InlineData("", 0)]
    [InlineData("-9", 0)]
    [InlineData("gate", 0)]
    public void A_task_names_its_camera_or_none(string camera, long id) =>
        Assert.Equal(id, AnalyseStoredClip.CameraOf(Clip() with { CameraId = camera }));

    [Theory]
    [InlineData(9.999, false)]
    [InlineData(10, true)]
    [InlineData(-60, false)]
    public async Task A_camera_gets_a_picture_every_ten_seconds_of_its_own_time(double seconds, bool isDue)
    {
        var pictures = new CameraPictures(_storage);
        Assert.True(pictures.IsDue(Clip()));
        await CompleteAsync(pictures, HttpStatusCode.OK);
        Assert.Equal(isDue, pictures.IsDue(Clip() with { CapturedAt = s_eight.AddSeconds(seconds) }));
        Assert.True(pictures.IsDue(Clip() with { CameraId = "10" }));
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(299, true, false)]
    [InlineData(404, false, false)]
    [InlineData(500, false, true)]
    public async Task A_camera_picture_that_is_not_taken_does_not_stay(int status, bool stays, bool isFailure)
    {
        var failure = await Record.ExceptionAsync(() => CompleteAsync(new CameraPictures(_storage), (HttpStatusCode)status));
        Assert.Equal(isFailure, failure is HttpRequestException);
        Assert.Equal(stays, _storage.Objects.ContainsKey("7/9/picture/c.jpg"));
    }

    [Fact]
    public async Task The_picture_that_is_there_first_is_the_one_that_is_told_of()
    {
        _storage.Objects["7/9/c.jpg"] = [9, 9];
        var told = await new ClipPictures(_storage).StoreAsync(120, Clip(), [1, 2, 3], TestContext.Current.CancellationToken);
        Assert.Equal((120, "7/9/c.jpg", 2, SceneStore.Hash([9, 9])), (told.AnomalyId, told.StorageKey, told.Size, told.Sha256));
    }

    [Fact]
    public async Task All_that_was_made_of_a_clip_is_told_in_one_call()
    {
        _answer = () => FakeServer.Json("""{"anomaly_picture":{"status":200},"camera_picture":{"status":200}}""");
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm with { Picture = [1], CameraPicture = [2] }, Anomaly()));
        Assert.Equal(["PUT /internal/cameras/9/products"], _backend.Asked);
        var told = JsonNode.Parse(_backend.Bodies[0])!;
        Assert.Equal(
            ("7/9/c.jpg", "7/9/picture/c.jpg"),
            ((string)told["anomaly_picture"]!["storage_key"]!, (string)told["camera_picture"]!["storage_key"]!));
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(500, "backend_unavailable")]
    public async Task An_anomaly_s_picture_that_is_not_taken_is_tried_again_unless_the_anomaly_is_gone(int status, string? away)
    {
        _answer = () => FakeServer.Json($$$"""{"anomaly_picture":{"status":{{{status}}}}}""");
        var result = await StepsAsync(s_calm with { Picture = [1] }, Anomaly());
        Assert.Equal(away, (result as HandlingResult.RetryResult)?.AwayCode);
    }

    [Theory]
    [InlineData("storage_full")]
    [InlineData("storage_unavailable")]
    [InlineData("backend_unavailable")]
    [InlineData(null)]
    public async Task What_fails_after_the_report_is_tried_again_as_the_outage_that_it_is(string? away)
    {
        _storage.Failure = away switch
        {
            "storage_full" => new StorageFullException("full", new IOException()),
            "storage_unavailable" => new StorageUnavailableException("away", new IOException()),
            "backend_unavailable" => new HttpRequestException("away"),
            _ => new IOException("odd"),
        };
        var result = await StepsAsync(s_calm with { Picture = [1] }, Anomaly());
        Assert.Equal(away, Assert.IsType<HandlingResult.RetryResult>(result).AwayCode);
    }

    [Fact]
    public async Task A_picture_that_is_stored_already_is_not_stored_again()
    {
        _storage.Failure = new IOException("Nothing is to be stored.");
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm with { Picture = [1] }, Anomaly() with { HasPicture = true }));
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm with { Picture = [1] }, Anomaly() with { AnomalyId = null }));
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm, Anomaly()));
        Assert.Empty(_backend.Asked);
    }

    [Fact]
    public async Task A_last_picture_that_fails_costs_no_second_analysis()
    {
        _storage.Failure = new IOException("odd");
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm with { CameraPicture = [1] }, Anomaly()));
        _storage.Failure = null;
        _answer = () => FakeServer.Json("""{"camera_picture":{"status":500}}""");
        Assert.Equal(HandlingResult.Done, await StepsAsync(s_calm with { CameraPicture = [1] }, Anomaly()));
        Assert.Empty(_storage.Objects);
    }

    private static Recorded Anomaly() => new(1, 120, Created: true);

    private static async Task CompleteAsync(CameraPictures pictures, HttpStatusCode status)
    {
        var stored = await pictures.StoreAsync(Clip(), [1, 2, 3], TestContext.Current.CancellationToken);
        await pictures.CompleteAsync(Clip(), stored, status, TestContext.Current.CancellationToken);
    }

    private static ClipStored Clip() => new()
    {
        TaskId = "t", ClipId = "c", CameraId = "9", CompanyId = 7, VideoPath = "7/9/c.mp4", OriginalFilename = "c.mp4", Size = 1,
        Sha256 = new string('a', 64), CapturedAt = s_eight, ReceivedAt = s_eight,
    };

    private ResultReporter Reporter() =>
        new(Api, _model, Options.Create(new WorkerOptions()), _time, NullLogger<ResultReporter>.Instance);

    private async Task<HandlingResult> ReportAsync() =>
        (await Reporter().ReportAsync(Clip(), s_calm, TestContext.Current.CancellationToken)).Result;

    private Task<HandlingResult> StepsAsync(ClipFindings findings, Recorded recorded)
    {
        var steps = new PostReportSteps(
            new ClipPictures(_storage), new CameraPictures(_storage), null!, Api, new FakeOutages(), NullLogger<PostReportSteps>.Instance);
        return steps.RunAsync(Clip(), "", findings, null, recorded, TestContext.Current.CancellationToken);
    }
}
