using System.Diagnostics;

namespace Siaga.Messaging;

/// <summary>The name under which deliveries are traced.</summary>
public static class MessagingTelemetry
{
    public const string SourceName = "Siaga.Messaging";

    internal static ActivitySource Source { get; } = new(SourceName);
}
