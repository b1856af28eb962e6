using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messaging;
using Siaga.Web;

namespace Siaga.Health;

/// <summary>How every part is, for a person who looks. What nobody here can tell is not ok and says so; each check has two seconds.</summary>
internal static class ReportHealth
{
    private const string NotConfigured = "not configured";

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
        Fine, Fine, Fine, new HealthState(false, NotConfigured), Fine, Fine, Fine, Fine, new Disk(80_000_000_000, 100_000_000_000), "1.0.0");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/health/report", HandleAsync)
        .Describe("Health", "How every part is", "Answers within some two seconds, whatever is away. Why, and each process by name, is for superadmins.")
        .Answers(200, Example, "What nobody can tell is not ok, and says so.");

    private static async Task<IResult> HandleAsync(
        Caller caller, HttpContext context, DatabaseCheck<BackendDb> database, IMessageBroker broker, IBlobStorage storage,
        IEnumerable<IHealthProbe> probes)
    {
        var cancellationToken = context.RequestAborted;
        var others = probes.ToLookup(p => p.Part, StringComparer.Ordinal);
        Task<HealthState> Check(Func<CancellationToken, Task<HealthState>> check) => CheckAsync(check, caller.SeesAllCompanies, cancellationToken);
        Task<HealthState> Other(string part) => others[part].FirstOrDefault() is { } probe
            ? Check(probe.CheckAsync)
            : Task.FromResult(new HealthState(false, NotConfigured));

        // All at once: the slowest decides, and it has two seconds.
        var (ingestion, worker, push, media) = (Other("ingestion"), Other("ai_worker"), Other("push_service"), Other("media_server"));
        var data = Check(token => DatabaseAsync(database, token));
        var queues = Check(token => BrokerAsync(broker, token));
        var store = Check(token => OkAsync(storage.CheckAsync(token)));
        return TypedResults.Ok(new Response(
            Fine, await ingestion, await worker, await push, await media, await data, await queues, await store, DiskHere(),
            typeof(ReportHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""));
    }

    private static async Task<HealthState> DatabaseAsync(DatabaseCheck<BackendDb> database, CancellationToken cancellationToken) =>
        await database.CheckAsync(cancellationToken) switch
        {
            null => Fine,
            { Code: "database_full" } => new HealthState(false, "has no room left"),
            _ => new HealthState(false, "does not answer"),
        };

    /// <summary>A broker that answers may still take nothing: then clips are taken, and their tasks wait in Ingestion's database.</summary>
    private static async Task<HealthState> BrokerAsync(IMessageBroker broker, CancellationToken cancellationToken)
    {
        await broker.GetQueuesAsync(cancellationToken);
        return await broker.FindBlockAsync(cancellationToken) is { } why ? new HealthState(false, $"takes no messages: {why}") : Fine;
    }

    private static async Task<HealthState> OkAsync(Task check)
    {
        await check;
        return Fine;
    }

    /// <summary>Zeros where the system does not tell.</summary>
    private static Disk DiskHere()
    {
        try
        {
            var drive = new DriveInfo(Directory.GetCurrentDirectory());
            return new Disk(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Disk(0, 0);
        }
    }

    private static async Task<HealthState> CheckAsync(
        Func<CancellationToken, Task<HealthState>> check, bool details, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);

        // On a thread of its own, for one that blocks instead of waiting must not hold up the others; it is left alone when its time is over.
        var checking = Task.Run(() => check(limit.Token), limit.Token);
        _ = checking.ContinueWith(_ => limit.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            var state = await checking.WaitAsync(s_limit, cancellationToken);
            return details ? state : new HealthState(state.Ok, state.Ok ? "ok" : state.Status == NotConfigured ? NotConfigured : "not ok");
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong, the answer to "does it work?" is no; its inside is for the log of who owns it.
            return new HealthState(false, details ? "does not answer" : "not ok");
        }
    }
}
