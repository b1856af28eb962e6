using Microsoft.AspNetCore.Http;
using Siaga.Anomalies;
using Siaga.Messages.Api;

namespace Siaga.Tests.Unit.Anomalies;

/// <summary>What the lists of anomalies and the latency read from a query.</summary>
public sealed class FilterTests
{
    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("?camera_id=9&type=fire&status=new", 9L, "fire", AnomalyStatus.New)]
    [InlineData("?camera_id=&type=&status=", null, null, null)]
    [InlineData("?status=resolved", null, null, AnomalyStatus.Resolved)]
    public async Task A_filter_is_read(string query, long? camera, string? type, object? status)
    {
        var filter = await ListAnomalies.Filter.BindAsync(Asked(query));
        Assert.Equal((camera, type, (AnomalyStatus?)status), (filter!.CameraId, filter.Type, filter.Status));
    }

    [Theory]
    [InlineData("?camera_id=gate")]
    [InlineData("?status=open")]
    public async Task What_is_no_filter_is_refused(string query) =>
        await Assert.ThrowsAsync<BadHttpRequestException>(async () => await ListAnomalies.Filter.BindAsync(Asked(query)));

    [Theory]
    [InlineData("", null)]
    [InlineData("?camera_id=", null)]
    [InlineData("?camera_id=9", 9L)]
    [InlineData("?status=open", null)]
    public async Task Analyses_are_listed_of_one_camera_or_of_all(string query, long? camera) =>
        Assert.Equal(camera, (await ListAnalyses.CameraFilter.BindAsync(Asked(query)))!.CameraId);

    [Fact]
    public async Task Analyses_of_what_is_no_camera_are_refused() => await Assert.ThrowsAsync<BadHttpRequestException>(
        async () => await ListAnalyses.CameraFilter.BindAsync(Asked("?camera_id=gate")));

    [Theory]
    [InlineData("", 3600)]
    [InlineData("?bucket=60", 60)]
    [InlineData("?bucket=86400", 86_400)]
    public async Task A_bucket_is_a_minute_to_a_day(string query, int seconds) =>
        Assert.Equal(seconds, (await MeasureLatency.Filter.BindAsync(Asked(query)))!.BucketS);

    [Theory]
    [InlineData("?bucket=59")]
    [InlineData("?bucket=86401")]
    [InlineData("?bucket=-60")]
    [InlineData("?bucket=hour")]
    public async Task Any_other_bucket_is_refused(string query) =>
        await Assert.ThrowsAsync<BadHttpRequestException>(async () => await MeasureLatency.Filter.BindAsync(Asked(query)));

    private static DefaultHttpContext Asked(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return context;
    }
}
