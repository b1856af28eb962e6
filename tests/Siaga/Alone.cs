namespace Siaga.Tests.Siaga;

/// <summary>Tests that load or measure the machine do not run in parallel with others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
