namespace Siaga.App.Siaga.Commands;

/// <summary>What the command line answers with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It ran, and something of what it ran over failed or differs.</summary>
    public const int Failed = 1;

    /// <summary>It cannot run like that: one line on standard error says why.</summary>
    public const int BadInput = 2;
}
