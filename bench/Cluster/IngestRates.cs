using System.Globalization;

namespace Siaga.Bench.Cluster;

/// <summary>What a round of <see cref="IngestBench"/> stored, in MB a second.</summary>
/// <param name="Plain">Plain PUTs.</param>
/// <param name="Library">Through the product's Ingestion.</param>
/// <param name="Own">Through an Ingestion with the client of our own.</param>
internal sealed record IngestRates(double Plain, double Library, double Own)
{
    /// <summary>Ingestion keeps at least this part of plain PUTs.</summary>
    private const double LeastOfPlain = 0.85;

    /// <summary>The library stays as long as it keeps this part of what Ingestion does with the client of our own.</summary>
    private const double LeastOfOwn = 0.85;

    public IngestRates(double[] rates)
        : this(rates[0], rates[1], rates[2])
    {
    }

    /// <summary>Prints the medians of the rounds' ratios. The result is the exit code: 1 when a limit is missed.</summary>
    public static int Report(IReadOnlyList<IngestRates> rounds, string what)
    {
        var (library, own, cost) = (
            Median(rounds.Select(r => r.Library / r.Plain)), Median(rounds.Select(r => r.Own / r.Plain)),
            Median(rounds.Select(r => r.Library / r.Own)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, medians of {rounds.Count}: Ingestion with the library {library:0.00} of plain PUTs (at least {LeastOfPlain:0.00}), "
            + $"with our own client {own:0.00}; library beside own {cost:0.00} (at least {LeastOfOwn:0.00})"));
        return library >= LeastOfPlain && cost >= LeastOfOwn ? 0 : 1;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"plain PUTs {Plain:0}, Ingestion with the library {Library:0}, with our own client {Own:0} MB/s; "
        + $"ratios {Library / Plain:0.00}, {Own / Plain:0.00}, library beside own {Library / Own:0.00}");

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
