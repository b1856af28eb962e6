using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.BlobStorage;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Messaging;
using Siaga.Ports;
using Siaga.Web;
using HealthProcess = Siaga.Messages.Api.HealthProcess;
using HealthState = Siaga.Messages.Api.HealthState;

namespace Siaga.Health;

/// <summary>Reports the state of every part to people. A part whose state is unknown is not ok. Each check has two seconds.</summary>
internal static class ReportHealth
{
    private const string NotConfigured = "not configured";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    private static HealthState Fine { get; } = new(true, "ok");

    private static ReportHealthResponse Example { get; } = new(
        Backend: Fine,
        Ingestion: Fine,
        AiWorker: Fine,
        PushService: new HealthState(false, NotConfigured),
        MediaServer: Fine,
        Database: Fine,
        Rabbitmq: Fine,
        S3: Fine,
        Disk: new ReportHealthDisk(80_000_000_000, 100_000_000_000),
        Build: "1.0.0");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/health/report", HandleAsync)
        .Describe(
            "Health",
            "Report the state of every part",
            "Answers within about two seconds, even if parts are down. Only superadmins see reasons and the names of processes.")
        .Answers(200, Example, "A part whose state is unknown is not ok.");

    private static async Task<IResult> HandleAsync(
        Caller caller,
        HttpContext context,
        DatabaseCheck<BackendDb> database,
        IMessageBroker broker,
        IBlobStorage storage,
        IEnumerable<IHealthProbe> probes)
    {
        var cancellationToken = context.RequestAborted;
        var others = probes.ToLookup(p => p.Part, StringComparer.Ordinal);
        Task<HealthState> Check(Func<CancellationToken, Task<HealthState>> check) =>
            CheckAsync(check, caller.SeesAllCompanies, cancellationToken);
        Task<HealthState> Other(string part) => others[part].FirstOrDefault() is { } probe
            ? Check(async token => StateOf(await probe.CheckAsync(token)))
            : Task.FromResult(new HealthState(false, NotConfigured));

        // All checks run at once, so the report takes as long as the slowest: two seconds at most.
        var (ingestion, worker, push, media) = (Other("ingestion"), Other("ai_worker"), Other("push_service"), Other("media_server"));
        var data = Check(token => DatabaseAsync(database, token));
        var queues = Check(token => BrokerAsync(broker, token));
        var store = Check(token => OkAsync(storage.CheckAsync(token)));
        return TypedResults.Ok(new ReportHealthResponse(
            Fine, await ingestion, await worker, await push, await media, await data, await queues, await store, DiskHere(),
            typeof(ReportHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""));
    }

    private static HealthState StateOf(Ports.HealthState state) => new(state.Ok, state.Status)
    {
        Processes = state.Processes is { } processes
            ? [.. processes.Select(p => new HealthProcess(p.Name, p.Ok, p.Status, p.Version, p.LastSeenAt))]
            : null,
    };

    private static async Task<HealthState> DatabaseAsync(DatabaseCheck<BackendDb> database, CancellationToken cancellationToken) =>
        await database.CheckAsync(cancellationToken) switch
        {
            null => Fine,
            { Code: "database_full" } => new HealthState(false, "has no free space left"),
            _ => new HealthState(false, "does not answer"),
        };

    /// <summary>
    /// A broker that answers may still refuse messages. Clips are then still taken; their tasks wait in Ingestion's database.
    /// </summary>
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
    private static ReportHealthDisk DiskHere()
    {
        try
        {
            var drive = new DriveInfo(Directory.GetCurrentDirectory());
            return new ReportHealthDisk(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new ReportHealthDisk(0, 0);
        }
    }

    /// <param name="details">True: for people who may see reasons.</param>
    internal static async Task<HealthState> CheckAsync(
        Func<CancellationToken, Task<HealthState>> check, bool details, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);

        // On a thread of the pool, because a check that blocks must not hold up the others. After the limit it is abandoned.
        var checking = Task.Run(() => check(limit.Token), limit.Token);
        _ = checking.ContinueWith(
            _ => limit.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            var state = await checking.WaitAsync(s_limit, cancellationToken);
            return details ? state : new HealthState(state.Ok, state.Ok ? "ok" : state.Status == NotConfigured ? NotConfigured : "not ok");
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever failed, the part is not ok. What the exception says is not for this answer.
            return new HealthState(false, details ? "does not answer" : "not ok");
        }
    }
}
