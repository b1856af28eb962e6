namespace Siaga.Messages.Api;

/// <summary>How long clips took from their arrival to their stored report. An item of <c>GET /api/system/latency</c>.</summary>
/// <param name="At">Start of the bucket.</param>
/// <param name="Count">Number of reports in the bucket.</param>
/// <param name="P50Seconds">Median time in seconds.</param>
/// <param name="P95Seconds">95th percentile; like the others it is exact to 2 %.</param>
/// <param name="P99Seconds">99th percentile.</param>
public sealed record MeasureLatencyPoint(DateTimeOffset At, long Count, double P50Seconds, double P95Seconds, double P99Seconds);
