using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Siaga.Bench.Scenes")]
[assembly: InternalsVisibleTo("Siaga.Tests.Scenes")]
