using System.Net;
using Siaga.Telemetry;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Telemetry;

public sealed class SiagaTelemetryTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("11.0.0.1", false)]
    [InlineData("172.15.0.1", false)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("192.169.0.1", false)]
    [InlineData("193.168.0.1", false)]
    [InlineData("169.254.0.1", true)]
    [InlineData("169.255.0.1", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("2001:db8::1", false)]
    public void Only_this_machine_and_private_networks_are_near(string address, bool isNear) =>
        Assert.Equal(isNear, SiagaTelemetry.IsNear(IPAddress.Parse(address)));

    [Theory]
    [InlineData("Bearer secret", true)]
    [InlineData("bearer  secret ", true)]
    [InlineData("Bearer secre", false)]
    [InlineData("Bearer secrets", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic secret", false)]
    [InlineData("secret", false)]
    public void The_token_opens_and_nothing_else(string given, bool opens) => Assert.Equal(opens, SiagaTelemetry.IsBearer(given, "secret"));

    [Theory]
    [InlineData("/api/cameras", true)]
    [InlineData("/ingest/video", true)]
    [InlineData("/metrics/a", true)]
    [InlineData("/healthz", false)]
    [InlineData("/healthz/ready", false)]
    [InlineData("/api/events", false)]
    [InlineData("/api/eventsource", true)]
    [InlineData("/internal/workers/heartbeat", false)]
    [InlineData("/metrics", false)]
    public void What_comes_every_few_seconds_or_stays_for_hours_is_not_traced(string path, bool isTraced) =>
        Assert.Equal(isTraced, SiagaTelemetry.IsWorthATrace(FakeRequest.To(path)));
}
