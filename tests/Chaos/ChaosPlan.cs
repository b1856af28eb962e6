namespace Siaga.Tests.Chaos;

/// <summary>The parameters of a chaos run.</summary>
internal sealed record ChaosPlan
{
    /// <summary>Clips to send. Default 10,000.</summary>
    public int Clips { get; init; } = 10_000;

    /// <summary>Stops sending after this time, however many clips were sent. Null: only when all are sent.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Seed of the faults: their kind, target, duration and distance in time.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Minimum number of faults. If sending ends first, the remaining faults happen while clips are analysed. Default 200.
    /// </summary>
    public int Faults { get; init; } = 200;

    /// <summary>Mean time from one fault to the next. Default 6 s.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Cameras; each sends one clip after the other, each to an address of its own. Default 20.</summary>
    public int Cameras { get; init; } = 20;

    /// <summary>Clips a second, all cameras together, as far as they are accepted. Default 8.</summary>
    public double Rate { get; init; } = 8;

    /// <summary>The folder for the processes' output. Null: a temporary folder, which is removed after a successful run.</summary>
    public string? Folder { get; init; }
}
