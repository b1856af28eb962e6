using System.Reflection;
using Siaga.Tests.Servers;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Backend.StopServer))]
[assembly: Siaga.Tests.Backend.SkipWithoutServer]

namespace Siaga.Tests.Backend;

/// <summary>Stops this process's PostgreSQL after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.StopAsync();
}

/// <summary>Where PostgreSQL is not installed, every test is a named skip.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SkipWithoutServerAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (PostgresServer.Missing is { } reason)
            Assert.Skip(reason);
    }
}
