using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Siaga.Composition.Wiring.Hosting;

/// <summary>
/// Requests the process's own <c>/healthz</c> over the network, and ends the process when too many answers
/// in a row are missing. Readiness does not matter: a restart does not repair a database that is down.
/// </summary>
/// <remarks>
/// It has a thread of its own and awaits nothing, because it must work when the thread pool does not. It counts missing
/// answers, not time: a process that was paused from outside (<c>SIGSTOP</c>, a paused container) missed none meanwhile.
/// </remarks>
internal sealed class Watchdog(WatchdogOptions options, Func<TimeSpan, bool> answers, TimeProvider time)
{
    private int _missing;

    /// <summary>Watches this process until it is stopped, unless it is switched off.</summary>
    /// <param name="options">When it is on, and how patient it is.</param>
    /// <param name="address">Where the process listens.</param>
    /// <param name="stopping">Cancelled when the process was told to end: it then stops answering for that reason.</param>
    public static void Start(WatchdogOptions options, Uri address, TimeProvider time, CancellationToken stopping)
    {
        var isInKubernetes = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"));
        if (!options.IsOn(!Console.IsErrorRedirected || Debugger.IsAttached, isInKubernetes))
            return;

        var probe = new LivenessProbe(new IPEndPoint(Reach(address), address.Port));
        var watchdog = new Watchdog(options, probe.Answers, time);
        new Thread(() => watchdog.Run(stopping)) { IsBackground = true, Name = "watchdog" }.Start();
    }

    /// <summary>The address at which this machine reaches the listener. A host name is bound like a wildcard address.</summary>
    internal static IPAddress Reach(Uri address)
    {
        if (!IPAddress.TryParse(address.DnsSafeHost, out var host) || host.Equals(IPAddress.Any))
            return IPAddress.Loopback;
        return host.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : host;
    }

    /// <summary>Asks once.</summary>
    /// <returns>True when too many answers in a row are missing.</returns>
    internal bool Pass()
    {
        var began = time.GetTimestamp();
        if (answers(options.Interval))
            _missing = 0;
        else if (time.GetElapsedTime(began) > options.Interval * 2)
            _missing = 0; // The process was paused while it asked.
        else
            _missing++;
        return _missing >= options.Failures;
    }

    private void Run(CancellationToken stopping)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            var isHung = Pass();
            if (stopping.IsCancellationRequested)
                return;
            if (isHung)
            {
                ForcedExit.Now(ServiceCommand.Hung, string.Create(
                    CultureInfo.InvariantCulture,
                    $"siaga: This process hangs: /healthz did not answer {options.Failures} times in a row, "
                    + $"one request every {options.Interval.TotalSeconds:0.#} s. "
                    + $"It exits with code {ServiceCommand.Hung}, so that it is started again (Watchdog:Enabled)."));
            }

            var rest = options.Interval - time.GetElapsedTime(began);
            if (stopping.WaitHandle.WaitOne(rest > TimeSpan.Zero ? rest : TimeSpan.Zero))
                return;
        }
    }
}
