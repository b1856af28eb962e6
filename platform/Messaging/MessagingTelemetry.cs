using System.Diagnostics;

namespace Siaga.Messaging;

/// <summary>The activity source for traces of deliveries.</summary>
public static class MessagingTelemetry
{
    public const string SourceName = "Siaga.Messaging";

    internal static ActivitySource Source { get; } = new(SourceName);
}
