using Siaga.Tests.Servers;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Siaga.Tests.BlobStorage.StopServer))]

// The tests share a server, and one of them kills it.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Siaga.Tests.BlobStorage;

/// <summary>Stops this process's S3 server after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await KeptServer.StopAsync();
}
