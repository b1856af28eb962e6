using Siaga.Tests.Servers;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Siaga.Tests.BlobStorage.StopServer))]

// They share a server, and one kills it.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Siaga.Tests.BlobStorage;

/// <summary>Ends this process's S3 server after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await KeptServer.StopAsync();
}
