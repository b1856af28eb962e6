using System.CommandLine;
using System.Runtime.InteropServices;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>Runs a parsed command line until it is done or is stopped.</summary>
public static class CommandLine
{
    private const int KilledBy = 128;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    /// <summary>
    /// The first Ctrl-C or SIGTERM asks for an end: work in progress is finished
    /// first, however long it takes. The second one ends the process at once.
    /// </summary>
    /// <remarks>System.CommandLine's own handler would end the process after two seconds, in the middle of an analysis.</remarks>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        var signals = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, KilledBy + SigInt));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, KilledBy + SigTerm));
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stop.Token);

        void Stop(PosixSignalContext context, int code)
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref signals) > 1)
                Environment.Exit(code);
            stop.Cancel();
        }
    }
}
