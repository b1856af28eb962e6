using System.Reflection;
using Siaga.Tests.Servers;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Siaga.Tests.Messaging.RabbitMq.StopServer))]
[assembly: Siaga.Tests.Messaging.RabbitMq.SkipWithoutServer]

// The tests share a server, and some kill it.
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Siaga.Tests.Messaging.RabbitMq;

/// <summary>Stops this process's RabbitMQ after the last test.</summary>
public sealed class StopServer : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await KeptServer.StopAsync();
}

/// <summary>Skips every test by name when RabbitMQ is not installed.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SkipWithoutServerAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (KeptServer.MissingRabbit is { } reason)
            Assert.Skip(reason);
    }
}
