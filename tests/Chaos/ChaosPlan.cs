namespace Siaga.Tests.Chaos;

/// <summary>What a run of chaos is to be.</summary>
internal sealed record ChaosPlan
{
    /// <summary>Clips to send. Default 10,000.</summary>
    public int Clips { get; init; } = 10_000;

    /// <summary>Sending ends after so long, however many there were; null: not before all are sent.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Repeats the faults: which, of what, how long and how far apart.</summary>
    public int Seed { get; init; }

    /// <summary>Faults at least; where sending ends before, they go on while the rest is analysed. Default 200.</summary>
    public int Faults { get; init; } = 200;

    /// <summary>Mean time from one fault to the next. Default 6 s.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Cameras, each sending clip after clip, each with its own door. Default 20.</summary>
    public int Cameras { get; init; } = 20;

    /// <summary>Clips a second, of all cameras together, as long as they are taken. Default 8.</summary>
    public double Rate { get; init; } = 8;

    /// <summary>Where to keep the processes' last words; null: a temporary folder, which goes when all is well.</summary>
    public string? Folder { get; init; }
}
