namespace Siaga.App.Siaga.Commands;

/// <summary>Exit codes of the command line.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It ran, but something failed or differs.</summary>
    public const int Failed = 1;

    /// <summary>It cannot run as it was given: one line on standard error says why.</summary>
    public const int BadInput = 2;
}
