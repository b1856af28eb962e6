using System.Diagnostics.Metrics;
using Siaga.Primitives;

namespace Siaga.Intake;

/// <summary>Counts uploads and their bytes.</summary>
internal sealed class IntakeMetrics : IDisposable
{
    private readonly Meter _meter = new(IntakeFeature.MeterName);
    private readonly Counter<long> _clips;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;

    public IntakeMetrics()
    {
        _clips = _meter.CreateCounter<long>("siaga.clips.received", "{clip}", "Uploads answered 2xx, repeats included.");
        _bytes = _meter.CreateCounter<long>("siaga.clips.received.bytes", "By", "Their bytes.");
        _refused = _meter.CreateCounter<long>("siaga.clips.refused", "{clip}", "Uploads refused, by code.");
    }

    public void Accepted(long bytes)
    {
        _clips.Add(1);
        _bytes.Add(bytes);
    }

    public Error Refused(Error error)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("code", error.Code));
        return error;
    }

    public void Dispose() => _meter.Dispose();
}
