using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Siaga.Messaging;

/// <summary>Reads the JSON of each delivery for a handler. This is the only place that decides what cannot be read.</summary>
/// <param name="handler">Gets every message that can be read.</param>
/// <param name="type">How a message is read.</param>
internal sealed class MessageReader<THandler, T>(THandler handler, JsonTypeInfo<T> type) : IMessageHandler
    where THandler : class, IMessageHandler<T>
    where T : class
{
    public Task<HandlingResult> HandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var message = Read(delivery, out var fault);
        return message is null
            ? Task.FromResult(HandlingResult.Unreadable($"The message is not a {typeof(T).Name}: {fault}"))
            : handler.HandleAsync(message, cancellationToken);
    }

    public Task OnGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) =>
        Read(delivery, out _) is { } message ? handler.OnGivenUpAsync(message, reason, cancellationToken) : Task.CompletedTask;

    private T? Read(Delivery delivery, out string fault)
    {
        try
        {
            fault = "it is null";
            return JsonSerializer.Deserialize(delivery.Body.Span, type);
        }
        catch (JsonException e)
        {
            fault = e.Message;
            return null;
        }
    }
}
