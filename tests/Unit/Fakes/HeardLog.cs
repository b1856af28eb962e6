using Microsoft.Extensions.Logging;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>Remembers the numbers of the events that were logged, in order.</summary>
internal sealed class HeardLog<T> : ILogger<T>
{
    public List<int> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Events.Add(eventId.Id);
}
