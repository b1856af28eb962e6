using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>How every part is, for a person who looks. What nobody here can tell is not ok and says so; each check has two seconds.</summary>
internal static class ReportHealth
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    internal sealed record Disk(long Free, long Total);

    /// <param name="Backend">This service.</param>
    /// <param name="Ingestion">As its probe says.</param>
    /// <param name="AiWorker">As its probe says.</param>
    /// <param name="PushService">As its probe says.</param>
    /// <param name="MediaServer">As its probe says.</param>
    /// <param name="Database">The Backend's.</param>
    /// <param name="Rabbitmq">The broker, whichever it is.</param>
    /// <param name="S3">The object storage, whichever it is.</param>
    /// <param name="Disk">Bytes where this process works.</param>
    /// <param name="Build">This build's version.</param>
    internal sealed record Response(
        HealthState Backend,
        HealthState Ingestion,
        HealthState AiWorker,
        HealthState PushService,
        HealthState MediaServer,
        HealthState Database,
        HealthState Rabbitmq,
        HealthState S3,
        Disk Disk,
        string Build);

    private static HealthState Fine { get; } = new(true, "ok");

    private static Response Example { get; } = new(
        Fine, Fine, Fine, new HealthState(false, "not configured"), Fine, Fine, Fine, Fine, new Disk(80_000_000_000, 100_000_000_000), "1.0.0");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/health/report", HandleAsync)
        .Describe("Health", "How every part is").Answers(200, Example, "What nobody can tell is not ok, and says so.");

    private static async Task<IResult> HandleAsync(
        BackendDb db, IMessageBroker broker, IBlobStorage storage, IEnumerable<IHealthProbe> probes, CancellationToken cancellationToken)
    {
        var others = probes.ToLookup(p => p.Part, StringComparer.Ordinal);
        Task<HealthState> Other(string part) => others[part].FirstOrDefault() is { } probe
            ? CheckAsync(probe.CheckAsync, cancellationToken)
            : Task.FromResult(new HealthState(false, "not configured"));
        var drive = new DriveInfo(Directory.GetCurrentDirectory());
        return TypedResults.Ok(new Response(
            new HealthState(true, "ok"),
            await Other("ingestion"),
            await Other("ai_worker"),
            await Other("push_service"),
            await Other("media_server"),
            await CheckAsync(token => OkAsync(db.Database.CanConnectAsync(token)), cancellationToken),
            await CheckAsync(token => OkAsync(broker.GetQueuesAsync(token)), cancellationToken),
            await CheckAsync(token => OkAsync(storage.CheckAsync(token)), cancellationToken),
            new Disk(drive.AvailableFreeSpace, drive.TotalSize),
            typeof(ReportHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""));
    }

    private static async Task<HealthState> OkAsync(Task check)
    {
        await check;
        return check is Task<bool> { Result: false } ? new HealthState(false, "does not answer") : new HealthState(true, "ok");
    }

    private static async Task<HealthState> CheckAsync(Func<CancellationToken, Task<HealthState>> check, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            return await check(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong, the answer to "does it work?" is no; its inside is for the log of who owns it.
            return new HealthState(false, "does not answer");
        }
    }
}
