using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Siaga.Composition.Wiring.Hosting;

namespace Siaga.Tests.Unit.Hosting;

public sealed class JsonLinesTests
{
    private readonly JsonLines _formatter = new(new FakeTimeProvider(new DateTimeOffset(2025, 6, 1, 12, 0, 0, 5, TimeSpan.Zero)));

    [Fact]
    public void An_entry_is_a_line_of_json_with_its_values()
    {
        var line = Written([new("Name", "Gerbang \"ä\""), new("Count", 3), new("Size", 4L), new("IsOpen", true), new("None", null),
            new("Time", 1.5), new("{OriginalFormat}", "template")]);
        Assert.Equal(
            """
            {"Timestamp":"2025-06-01T12:00:00.005Z","LogLevel":"Warning","Category":"Siaga.Test","EventId":7,"Message":"It is 1.",
            """
            + """
            "State":{"Name":"Gerbang \"ä\"","Count":3,"Size":4,"IsOpen":true,"None":null,"Time":"1.5"}}
            """ + Environment.NewLine, line);
    }

    [Fact]
    public void An_exception_is_told_with_its_type()
    {
        using var entry = JsonDocument.Parse(Written([], new IOException("No room.")));
        Assert.Equal("System.IO.IOException", entry.RootElement.GetProperty("ExceptionType").GetString());
        Assert.Contains("No room.", entry.RootElement.GetProperty("Exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_without_values_has_none() =>
        Assert.DoesNotContain("State", Written([new("{OriginalFormat}", "template")]), StringComparison.Ordinal);

    private string Written(KeyValuePair<string, object?>[] values, Exception? exception = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        _formatter.Write(
            new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
                LogLevel.Warning, "Siaga.Test", new EventId(7), values, exception, (_, _) => "It is 1."),
            null, text);
        return text.ToString();
    }
}
