using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Siaga.Tests.Web;

internal sealed record Line(LogLevel Level, int EventId, string Text, Exception? Exception);

/// <summary>Collects log messages in order.</summary>
internal sealed class HeardLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyList<Line> Lines => [.. _lines];

    public IReadOnlyList<string> Texts => [.. _lines.Select(l => l.Text)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(new Line(logLevel, eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
