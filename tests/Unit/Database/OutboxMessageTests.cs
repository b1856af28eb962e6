using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Siaga.Database;

namespace Siaga.Tests.Unit.Database;

public sealed class OutboxMessageTests
{
    private static readonly DateTimeOffset s_now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_body_is_json_and_the_rest_is_kept_beside_it()
    {
        var message = OutboxMessage.Of("m1", "came", new { CameraId = 7 }, JsonSerializerOptions.Web, "3", s_now);
        Assert.Equal("""{"cameraId":7}""", Encoding.UTF8.GetString(message.Body));
        Assert.Equal(("m1", "came", "3", s_now), (message.MessageId, message.Topic, message.Group!, message.CreatedAt));
    }

    [Fact]
    public void The_trace_of_the_cause_goes_with_it_if_there_is_one()
    {
        using var cause = new Activity("cause");
        Assert.Null(OutboxMessage.Of("m1", "came", 1, JsonSerializerOptions.Web, null, s_now).TraceParent);
        cause.SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.Equal(cause.Id, OutboxMessage.Of("m1", "came", 1, JsonSerializerOptions.Web, null, s_now).TraceParent);
    }
}
