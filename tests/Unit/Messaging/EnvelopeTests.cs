using System.Text;
using CsCheck;
using RabbitMQ.Client;
using Siaga.Messaging;
using Siaga.Messaging.RabbitMq;

namespace Siaga.Tests.Unit.Messaging;

public sealed class EnvelopeTests
{
    private static readonly DateTimeOffset s_now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_published_arrives_as_it_was()
    {
        var sent = new OutgoingMessage("m1", "came", "{}"u8.ToArray(), "7", "00-trace");
        var (got, delivery) = (Sent(Envelope.Of(sent, s_now)), Sent(Envelope.Of(sent, s_now)).ToDelivery("work"));
        Assert.Equal(("m1", "came", "7", "00-trace"), (got.Id, got.Topic!, got.Group!, got.TraceParent!));
        Assert.Equal(
            ("m1", "work", 1, s_now, 0), (delivery.Id, delivery.Queue, delivery.Attempt, delivery.PublishedAt, delivery.CrashCount));
        Assert.Equal("{}", Encoding.UTF8.GetString(delivery.Body.Span));
    }

    [Fact]
    public void A_message_without_group_and_trace_has_none()
    {
        var got = Sent(Envelope.Of(new OutgoingMessage("m1", "came", default, null, null), s_now));
        Assert.Null(got.Group);
        Assert.Null(got.TraceParent);
    }

    [Fact]
    public void Every_earlier_delivery_is_counted_once() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Long[0, 100]).Sample((failures, deaths, again) =>
        {
            var message = Received(("siaga-failures", failures), ("siaga-deaths", deaths), ("x-delivery-count", again));
            var delivery = message.ToDelivery("work");
            return delivery.Attempt == 1 + failures + deaths + again && delivery.CrashCount == deaths + again
                && delivery.Failures == failures && message.NewCrashes == again;
        });

    [Fact]
    public void The_servers_own_headers_are_not_published_again() => Assert.Equal(
        ["siaga-failures"],
        Received(("siaga-failures", 1), ("x-delivery-count", 3L), ("x-death", "x"), ("x-first-death-queue", "x"))
            .ToProperties().Headers!.Keys);

    [Fact]
    public void Another_senders_message_without_an_id_has_the_same_one_at_every_delivery()
    {
        var (first, again, other) = (Received("{}", null), Received("{}", ""), Received("[]", null));
        Assert.Equal(64, first.Id.Length);
        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(DateTimeOffset.UnixEpoch, first.PublishedAt);
    }

    [Fact]
    public void A_header_is_set_replaced_or_removed_in_a_copy()
    {
        var first = Received(("siaga-failures", 1), ("siaga-reason", "no"));
        var other = first.With(("siaga-failures", 2), ("siaga-reason", null));
        Assert.Equal((2, null), (other.Failures, other.Text("siaga-reason")));
        Assert.Equal((1, "no"), (first.Failures, first.Text("siaga-reason")));
    }

    [Fact]
    public void A_replayed_message_has_no_history()
    {
        var dead = Received(
            ("siaga-failures", 12), ("siaga-deaths", 1), ("siaga-not-before", s_now.ToUnixTimeMilliseconds()), ("siaga-dead-id", 9L),
            ("siaga-group", "7"));
        var fresh = dead.AsNew(s_now);
        Assert.Equal((0, 0, s_now, "7"), (fresh.Failures, fresh.CrashCount, fresh.PublishedAt, fresh.Group!));
        Assert.Null(fresh.NotBefore);
        Assert.Equal(0, fresh.Number("siaga-dead-id"));
    }

    [Theory]
    [InlineData(0L, false)]
    [InlineData(1L, true)]
    [InlineData(253_402_300_799_999L, true)]
    [InlineData(253_402_300_800_000L, false)]
    public void Only_a_time_that_there_is_is_a_time(long milliseconds, bool isTime) =>
        Assert.Equal(isTime, Received(("siaga-not-before", milliseconds)).NotBefore is not null);

    [Fact]
    public void Numbers_of_any_width_and_text_in_any_form_are_read()
    {
        object[] sevens = [7L, 7, (short)7, (byte)7, 7u, (ushort)7];
        Assert.All(sevens, seven => Assert.Equal(7, Received(("n", seven)).Number("n")));
        Assert.Equal(0, Received(("n", "7")).Number("n"));
        Assert.Equal(
            ["seven", "seven", "7"],
            [Received(("t", "seven"u8.ToArray())).Text("t"), Received(("t", "seven")).Text("t"), Received(("t", 7)).Text("t")]);
    }

    private static Envelope Sent(Envelope envelope) => Envelope.Of(
        new BasicGetResult(1, redelivered: false, "", "work", 0, envelope.ToProperties(), envelope.Body));

    private static Envelope Received(params (string Key, object? Value)[] headers) => Envelope.Of(new BasicGetResult(
        1, redelivered: false, "", "work", 0,
        new BasicProperties
        {
            MessageId = "m1", Headers = headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.Ordinal),
        },
        default));

    private static Envelope Received(string body, string? id)
    {
        var properties = new BasicProperties();
        if (id is not null)
            properties.MessageId = id;
        return Envelope.Of(new BasicGetResult(1, redelivered: false, "", "work", 0, properties, Encoding.UTF8.GetBytes(body)));
    }
}
