using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Siaga.Messaging.RabbitMq;

/// <summary>
/// A message with its metadata. The body is the sender's JSON, unchanged. Everything else is in standard properties and in headers whose
/// values are strings and integers, so that a worker in any language can read and write them.
/// </summary>
internal sealed record Envelope
{
    /// <summary>Version of the header format.</summary>
    public const int Version = 1;

    // Headers that the server adds. If republished, they would count towards the next delivery or look like a routing cycle.
    private static readonly string[] s_serversOwn =
    [
        "x-delivery-count", "x-death", "x-first-death-exchange", "x-first-death-queue", "x-first-death-reason",
        "x-last-death-exchange", "x-last-death-queue", "x-last-death-reason",
    ];

    private readonly Dictionary<string, object?> _headers = new(StringComparer.Ordinal);

    public required string Id { get; init; }

    public string? Topic { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>W3C trace context.</summary>
    public string? TraceParent => Text("traceparent");

    public string? Group => Text("siaga-group");

    /// <summary>How often a handler has failed with this message.</summary>
    public int Failures => (int)Number("siaga-failures");

    /// <summary>How often its consumer crashed before the message was last published.</summary>
    public int EarlierCrashes => (int)Number("siaga-deaths");

    /// <summary>How often its consumer crashed or vanished since the message was last published; the server counts.</summary>
    public int NewCrashes { get; private init; }

    public int CrashCount => EarlierCrashes + NewCrashes;

    public DateTimeOffset PublishedAt => Time("siaga-published-at") ?? DateTimeOffset.UnixEpoch;

    /// <summary>The message must not be handled before this time, whatever queue it waits in.</summary>
    public DateTimeOffset? NotBefore => Time("siaga-not-before");

    public static Envelope Of(OutgoingMessage message, DateTimeOffset now)
    {
        var envelope = new Envelope { Id = message.Id, Topic = message.Topic, Body = message.Body };
        envelope._headers["siaga-version"] = Version;
        envelope._headers["siaga-published-at"] = now.ToUnixTimeMilliseconds();
        if (message.Group is not null)
            envelope._headers["siaga-group"] = message.Group;
        if (message.TraceParent is not null)
            envelope._headers["traceparent"] = message.TraceParent;
        return envelope;
    }

    public static Envelope Of(BasicGetResult got) => Of(got.BasicProperties, got.Body);

    /// <summary>Copies the body, because the client reuses the delivery's memory.</summary>
    public static Envelope Of(BasicDeliverEventArgs delivery) => Of(delivery.BasicProperties, delivery.Body.ToArray());

    private static Envelope Of(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var headers = properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        var envelope = new Envelope
        {
            // A message from another sender may have no id. A hash of the body stays the same at every redelivery.
            Id = properties.MessageId is { Length: > 0 } id
                ? id
                : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Span)),
            Topic = properties.Type,
            Body = body,
            NewCrashes = (int)(AsNumber(headers.TryGetValue("x-delivery-count", out var count) ? count : null) ?? 0),
        };
        foreach (var (key, value) in headers)
        {
            if (!s_serversOwn.Contains(key, StringComparer.Ordinal))
                envelope._headers[key] = value;
        }

        return envelope;
    }

    /// <summary>A copy with some headers set; null removes a header.</summary>
    public Envelope With(params ReadOnlySpan<(string Key, object? Value)> changes)
    {
        var other = new Envelope { Id = Id, Topic = Topic, Body = Body };
        foreach (var (key, value) in _headers)
            other._headers[key] = value;
        foreach (var (key, value) in changes)
        {
            if (value is null)
                other._headers.Remove(key);
            else
                other._headers[key] = value;
        }

        return other;
    }

    /// <summary>A copy without the history of earlier deliveries, as if it were published now.</summary>
    public Envelope AsNew(DateTimeOffset now) => With(
        ("siaga-failures", null), ("siaga-deaths", null), ("siaga-not-before", null), ("siaga-reason", null), ("siaga-code", null),
        ("siaga-dead-id", null), ("siaga-attempts", null), ("siaga-died-at", null), ("siaga-published-at", now.ToUnixTimeMilliseconds()));

    public BasicProperties ToProperties() => new()
    {
        MessageId = Id,
        Type = Topic,
        ContentType = "application/json",
        DeliveryMode = DeliveryModes.Persistent,
        AppId = "siaga",
        Headers = new Dictionary<string, object?>(_headers, StringComparer.Ordinal),
    };

    public Delivery ToDelivery(string queue) => new(Id, queue, Body, TraceParent, 1 + Failures + CrashCount, PublishedAt, CrashCount);

    public string? Text(string key) => _headers.TryGetValue(key, out var value)
        ? value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            string text => text,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        }
        : null;

    public long Number(string key) => AsNumber(_headers.TryGetValue(key, out var value) ? value : null) ?? 0;

    public DateTimeOffset? Time(string key) =>
        _headers.ContainsKey(key) && Number(key) is > 0 and < 253_402_300_800_000 and var at
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    private static long? AsNumber(object? value) => value switch
    {
        long number => number,
        int number => number,
        short number => number,
        byte number => number,
        uint number => number,
        ushort number => number,
        _ => null,
    };
}
