using System.Runtime.CompilerServices;

namespace Siaga.Tests.Siaga;

/// <summary>
/// The processes that these tests start live for seconds. Tiered compilation would look for hot methods early, which costs a tenth of such
/// a life and pays off too late, so it is delayed by half a minute.
/// </summary>
internal static class ShortLives
{
    // Milliseconds in hexadecimal, as the runtime reads it.
    [ModuleInitializer]
    internal static void TellThoseThatAreStarted() => Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "7530");
}
