using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siaga.Database;
using Siaga.Messages.Api;
using Siaga.Ports;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Notifications;

/// <summary>Tests notifications: sends a test event to those who listen to the company's events, and counts the company's phones.</summary>
internal static class TestNotification
{
    internal const string EventKind = "notification_test";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/notifications/test", HandleAsync)
        .Describe(
            "Events",
            "Try notifications",
            "Listeners get an `event: notification_test`. Without an `anomaly_id` it is about the newest one.")
        .Takes(new TestNotificationRequest { AnomalyId = 120 })
        .Answers(200, new TestNotificationResponse(true, 120, 9, 7, 2)).Fails(404, "anomaly_not_found");

    private static async Task<IResult> HandleAsync(
        TestNotificationRequest? request,
        Caller caller,
        BackendDb db,
        IAnomalyRegistry anomalies,
        IDeviceRegistry devices,
        IEventLog events,
        CancellationToken cancellationToken)
    {
        var anomaly = await anomalies.FindAsync(request?.AnomalyId, cancellationToken);
        if (anomaly is null && request?.AnomalyId is not null)
            return new Error(ErrorKind.NotFound, "anomaly_not_found", "There is no such anomaly.").ToProblem();
        var company = anomaly?.CompanyId ?? caller.CompanyId;
        var phones = await devices.CountAsync(company, cancellationToken);
        if (anomaly is null)
            return TypedResults.Ok(new TestNotificationResponse(false, 0, 0, company, phones));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await events.AppendAsync(company, EventKind, anomaly.Id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        events.Announce();
        return TypedResults.Ok(new TestNotificationResponse(true, anomaly.Id, anomaly.CameraId, company, phones));
    }
}

/// <summary>Renders the test event.</summary>
internal sealed class TestEvents(IAnomalyRegistry anomalies) : IEventRenderer
{
    public string Kind => TestNotification.EventKind;

    public async Task<string?> RenderAsync(long subjectId, string publicBase, CancellationToken cancellationToken) =>
        await anomalies.FindAsync(subjectId, cancellationToken) is { } anomaly
            ? JsonSerializer.Serialize(new NotificationTest(anomaly.Id, anomaly.CameraId, anomaly.CompanyId), WebJson.Options)
            : null;
}
