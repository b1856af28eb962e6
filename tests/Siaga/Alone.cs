namespace Siaga.Tests.Siaga;

/// <summary>Tests that load the machine, or measure it, run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
