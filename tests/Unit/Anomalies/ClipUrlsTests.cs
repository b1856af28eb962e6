using Microsoft.Extensions.Options;
using Siaga.Anomalies;
using Siaga.Messages.Api;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Anomalies;

public sealed class ClipUrlsTests
{
    [Theory]
    [InlineData("/blobs/", "https://siaga.example/blobs/7/9/a.mp4?for=60")]
    [InlineData("https://s3.example/", "https://s3.example/7/9/a.mp4?for=60")]
    public void A_link_leads_to_the_public_address_unless_the_storage_has_its_own(string links, string url)
    {
        var urls = new ClipUrls(
            new FakeStorage { Links = links }, Options.Create(new AnomaliesOptions { ClipUrlLifetime = TimeSpan.FromMinutes(1) }));
        Assert.Equal(url, urls.Of("7/9/a.mp4", "https://siaga.example"));
    }

    [Fact]
    public void An_anomaly_without_a_picture_a_model_or_a_detector_says_so()
    {
        var urls = new ClipUrls(new FakeStorage(), Options.Create(new AnomaliesOptions()));
        var anomaly = new Anomaly
        {
            CompanyId = 7, CameraId = 9, AnalysisId = 1, AnomalyType = "fire", Confidence = 0.9, StorageKey = "7/9/a.mp4",
            CapturedAt = default, ReceivedAt = default, ReportedAt = default,
        };
        var item = AnomalyItem.Of(anomaly, urls, "");
        Assert.Equal(("model", "fire"), (item.Detector, item.Label));
        Assert.Null(item.PictureUrl);
        Assert.Null(item.Model);
        anomaly.PictureKey = "7/9/a.jpg";
        Assert.StartsWith("/blobs/7/9/a.jpg", AnomalyItem.Of(anomaly, urls, "").PictureUrl, StringComparison.Ordinal);
    }
}
