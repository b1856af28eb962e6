using System.Globalization;
using System.Net;
using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.History;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;
using Anomaly = Siaga.Messages.Api.AnomalyItem;
using Camera = Siaga.Messages.Api.ListCamerasItem;

namespace Siaga.Tests.Unit.Dashboard;

public sealed class HistoryStateTests : IDisposable
{
    private static readonly DateOnly s_day = new(2026, 11, 24);

    private readonly List<Camera> _cameras = [FakeDesk.Camera(9, "Gate"), FakeDesk.Camera(8, "Hall") with { TimeZone = "Asia/Jakarta" }];
    private readonly List<Anomaly> _anomalies = [];
    private readonly FakeDesk _desk;
    private readonly HistoryState _history;
    private bool _daysFail;

    public HistoryStateTests()
    {
        _desk = new FakeDesk(Answer);
        _history = new HistoryState(new CameraCalls(_desk.Api), new AnomalyCalls(_desk.Api), _desk.Cameras);
    }

    public void Dispose()
    {
        _history.Dispose();
        _desk.Dispose();
    }

    [Fact]
    public async Task A_day_is_each_camera_s_own()
    {
        // Midnight is at 17:00 of the day before in Jakarta.
        _anomalies.AddRange([
            At(1, "2026-11-24T00:00:00Z", 9), At(2, "2026-11-23T23:59:59Z", 9), At(3, "2026-11-23T17:00:00Z", 8),
            At(4, "2026-11-23T16:59:59Z", 8), At(5, "2026-11-24T17:00:00Z", 8), At(6, "2026-11-24T23:59:59Z", 9)]);
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Equal([1, 3, 6], _history.Anomalies.Select(a => a.Id));
        Assert.Equal([9, 8], _history.Cameras.Select(c => c.Id));
        Assert.Equal(2, _history.Days.Count);
        Assert.Equal(["fall", "fire"], _history.Kinds);
        Assert.False(_history.IsLoading);
    }

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData(9L, null, null, "&camera_id=9")]
    [InlineData(null, "a b", null, "&type=a%20b")]
    [InlineData(null, null, "new", "&status=new")]
    [InlineData(null, null, "confirmed", "&status=resolved")]
    public async Task Filters_are_asked_of_the_server(long? camera, string? kind, string? state, string asked)
    {
        await _history.ShowAsync(s_day, camera, kind, state);
        Assert.EndsWith(
            $"from=2026-11-23T09:00:00Z&to=2026-11-25T16:00:00Z{asked}",
            _desk.Server.Asked.Single(a => a.Contains("/api/anomalies", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(camera is null ? 2 : 1, _history.Cameras.Count);
    }

    [Fact]
    public async Task Of_what_is_resolved_only_the_chosen_resolution_is_shown()
    {
        _anomalies.AddRange([
            At(1, "2026-11-24T01:00:00Z", 9) with { Resolution = Resolution.Confirmed },
            At(2, "2026-11-24T02:00:00Z", 9) with { Resolution = Resolution.FalseAlarm }]);
        await _history.ShowAsync(s_day, null, null, "false_alarm");
        Assert.Equal([2], _history.Anomalies.Select(a => a.Id));
        await _history.ShowAsync(s_day, null, null, "resolved");
        Assert.Equal([1, 2], _history.Anomalies.Select(a => a.Id));
    }

    [Fact]
    public async Task Twelve_cameras_are_shown_at_once_by_name_and_then_twelve_more()
    {
        _cameras.Clear();
        _cameras.AddRange(Enumerable.Range(1, 30).Select(i => FakeDesk.Camera(i, $"Camera {i % 10}")));
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Equal((12, 18), (_history.Cameras.Count, _history.MoreCameras));
        Assert.Equal([10, 20, 30, 1], _history.Cameras.Take(4).Select(c => c.Id));
        await _history.ShowMoreAsync();
        Assert.Equal((24, 6), (_history.Cameras.Count, _history.MoreCameras));
        await _history.ShowMoreAsync();
        Assert.Equal((30, 0), (_history.Cameras.Count, _history.MoreCameras));
    }

    [Fact]
    public async Task A_day_that_cannot_be_read_is_a_problem_beside_what_can()
    {
        _daysFail = true;
        _anomalies.Add(At(1, "2026-11-24T01:00:00Z", 9));
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Equal((503, 1, 0), (_history.Problem!.Status, _history.Anomalies.Count, _history.Days.Count));
        _daysFail = false;
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Null(_history.Problem);
    }

    [Fact]
    public async Task A_moment_is_in_its_clip_or_in_the_next_one()
    {
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Equal("a", ClipAt("2026-11-24T00:30:00Z"));
        Assert.Equal("b", ClipAt("2026-11-24T01:00:00Z"));
        Assert.Equal("b", ClipAt("2026-11-24T01:30:00Z"));
        Assert.Null(ClipAt("2026-11-24T03:00:00Z"));
        Assert.Null(_history.ClipAt(77, FakeDesk.Now));
    }

    [Theory]
    [InlineData("a", 1, "b")]
    [InlineData("b", -1, "a")]
    [InlineData("a", -1, null)]
    [InlineData("b", 1, null)]
    [InlineData("unknown", 1, null)]
    [InlineData("unknown", 2, null)]
    public async Task A_clip_has_neighbours_within_its_day(string clip, int by, string? neighbour)
    {
        await _history.ShowAsync(s_day, null, null, null);
        Assert.Equal(neighbour, _history.Neighbour(9, clip, by)?.ClipId);
    }

    [Fact]
    public void A_state_of_an_anomaly_has_its_word()
    {
        var a = FakeDesk.Anomaly(1);
        Assert.Equal(HistoryTexts.New, HistoryTexts.StateOf(a));
        Assert.Equal(HistoryTexts.Acknowledged, HistoryTexts.StateOf(a with { Status = AnomalyStatus.Acknowledged }));
        Assert.Equal(
            HistoryTexts.Confirmed, HistoryTexts.StateOf(a with { Status = AnomalyStatus.Resolved, Resolution = Resolution.Confirmed }));
        Assert.Equal(
            HistoryTexts.FalseAlarm, HistoryTexts.StateOf(a with { Status = AnomalyStatus.Resolved, Resolution = Resolution.FalseAlarm }));
    }

    [Fact]
    public async Task A_camera_that_is_unknown_is_called_by_its_number()
    {
        await _desk.Cameras.LoadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("Gate", "Asia/Jakarta"), (_desk.Cameras.NameOf(9), _desk.Cameras.ZoneOf(8)!));
        Assert.Contains("77", _desk.Cameras.NameOf(77), StringComparison.Ordinal);
        Assert.Null(_desk.Cameras.ZoneOf(77));
        Assert.Equal((true, false), (_desk.Cameras.Knows(9), _desk.Cameras.Knows(77)));
    }

    private static Anomaly At(long id, string time, long camera) =>
        FakeDesk.Anomaly(id, camera: camera) with { CapturedAt = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) };

    private string? ClipAt(string time) =>
        _history.ClipAt(9, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture))?.ClipId;

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path == "/api/cameras")
            return FakeServer.Json(JsonSerializer.Serialize(_cameras, ApiJson.Default.ListListCamerasItem));
        if (path == "/api/anomalies")
            return FakeServer.Json(FakeDesk.Json([.. _anomalies]));
        if (_daysFail)
            return FakeServer.Json("""{"code":"database_unavailable"}""", HttpStatusCode.ServiceUnavailable);
        var midnight = new DateTimeOffset(s_day, TimeOnly.MinValue, TimeSpan.Zero);
        return FakeServer.Json(JsonSerializer.Serialize(
            new ShowDayResponse(
                "2026-11-24", "UTC", midnight, midnight.AddDays(1),
                Clips:
                [
                    new ShowDayClipItem("a", midnight, midnight.AddHours(1), ClipState.Normal),
                    new ShowDayClipItem("b", midnight.AddHours(2), midnight.AddHours(3), ClipState.Normal),
                ],
                Gaps: [],
                Anomalies: [new ShowDayAnomalyItem(1, midnight, midnight, "fire", 0.9, "new")]),
            ApiJson.Default.ShowDayResponse));
    }
}
