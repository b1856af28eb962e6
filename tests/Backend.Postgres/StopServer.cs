using Siaga.Tests.Servers;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Backend.StopServer))]

namespace Siaga.Tests.Backend;

/// <summary>Ends this process's PostgreSQL after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.StopAsync();
}
