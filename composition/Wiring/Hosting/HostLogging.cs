using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// Logs go to standard error: as text at a terminal, otherwise as JSON for a
/// collector. <c>Logging:Format</c> (<c>text</c>, <c>json</c>) overrides that.
/// </summary>
internal static class HostLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        var format = configuration["Logging:Format"] ?? (Console.IsErrorRedirected ? "json" : "text");
        if (format is not ("text" or "json"))
            throw new InvalidOperationException($"Logging:Format must be text or json, not '{format}'.");
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Siaga", LogLevel.Information);

        // ServiceCommand reports a start that fails, in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // A request without a token is normal: it is answered, and counted.
        logging.AddFilter("Siaga.Web.SiagaAuthentication", LogLevel.Warning);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = format == "json" ? JsonLines.FormatterName : ConsoleFormatterNames.Simple;
        });
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        logging.AddSimpleConsole(simple =>
        {
            simple.SingleLine = true;
            simple.TimestampFormat = "HH:mm:ss ";
        });

        // The formatters' own registrations set a name too; the last one counts.
        logging.AddConsole(console => console.FormatterName = format == "json" ? JsonLines.FormatterName : ConsoleFormatterNames.Simple);
    }
}
