using System.Runtime.CompilerServices;

namespace Siaga.Tests.Siaga;

/// <summary>
/// The processes that these tests start live for seconds: their runtime is told not to look for half a minute for code worth compiling better,
/// which costs a tenth of such a life and comes too late for it.
/// </summary>
internal static class ShortLives
{
    // Hexadecimal, as the runtime reads it.
    [ModuleInitializer]
    internal static void TellThoseThatAreStarted() => Environment.SetEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "7530");
}
