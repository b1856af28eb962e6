using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Siaga.Messages.Api;
using Siaga.Messaging;
using Siaga.Operations;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.Operations;

public sealed class ListDeadLettersTests
{
    private static readonly Topology s_topology = new(
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["clip.stored"] = ["analysis", "recordings"] });

    [Fact]
    public void A_letter_tells_its_topic_and_what_its_body_is_about()
    {
        var item = Of("""{"clip_id":"c1","camera_id":"9","company_id":7}""", "recordings");
        Assert.Equal(("clip.stored", "c1", 9, 7), (item.Type!, item.ClipId!, item.CameraId!.Value, item.CompanyId!.Value));
        Assert.Equal("c1", item.Body.GetProperty("clip_id").GetString());
    }

    [Fact]
    public void A_queue_without_a_topic_has_none() => Assert.Null(Of("{}", "old").Type);

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    public void A_body_that_is_no_json_is_a_text(string body)
    {
        var item = Of(body, "analysis");
        Assert.Equal((JsonValueKind.String, body), (item.Body.ValueKind, item.Body.GetString()!));
        Assert.Null(item.ClipId);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("""{"clip_id":5,"camera_id":"gate","company_id":1.5}""")]
    [InlineData("""{"clip_id":null,"camera_id":"-9","company_id":99999999999999999999}""")]
    public void What_is_no_id_is_left_out(string body)
    {
        var item = Of(body, "analysis");
        Assert.Null(item.ClipId);
        Assert.Null(item.CameraId);
        Assert.Null(item.CompanyId);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("?queue=", null)]
    [InlineData("?queue=analysis", "analysis")]
    public async Task Without_the_name_of_a_queue_it_is_all_of_them(string query, string? queue) =>
        Assert.Equal(queue, (await ListDeadLetters.QueueFilter.BindAsync(FakeRequest.To("/", query)))!.Queue);

    [Fact]
    public async Task Two_queues_are_not_all_of_them() => await Assert.ThrowsAsync<BadHttpRequestException>(
        async () => await ListDeadLetters.QueueFilter.BindAsync(FakeRequest.To("/", "?queue=a&queue=b")));

    private static ListDeadLettersItem Of(string body, string queue) => ListDeadLetters.ItemOf(
        new DeadLetter(5, "m1", queue, Encoding.UTF8.GetBytes(body), "code", "Why.", 3, DateTimeOffset.UnixEpoch), s_topology);
}
