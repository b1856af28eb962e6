using Xunit.v3;

// Much of them is waiting for processes: to start, to come back, to say no.
[assembly: Parallelization(MaxThreads = 3)]

namespace Siaga.Tests.Siaga;

/// <summary>Tests that load the machine, or measure it, run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
