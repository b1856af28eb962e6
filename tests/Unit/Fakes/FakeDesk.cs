using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Session;
using Siaga.App.Dashboard.Watch;
using Siaga.Messages.Api;
using Anomaly = Siaga.Messages.Api.AnomalyItem;
using Camera = Siaga.Messages.Api.ListCamerasItem;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>A browser tab in which a guard is signed in, and the server that it talks to.</summary>
internal sealed class FakeDesk : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    private readonly Func<HttpRequestMessage, HttpResponseMessage> _answer;
    private readonly HttpClient _http;

    /// <param name="answer">Answers all but events.</param>
    public FakeDesk(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answer = answer;
        Browser = FakeScripts.Browser(Scripts);
        Session = new SessionState(Browser, Time);
        Session.Begin(TokenUntil(Now.AddHours(1)), "refresh");
        Server = new FakeServer(Answer);
        _http = new HttpClient(Server, disposeHandler: false) { BaseAddress = new Uri("http://siaga/") };
        Api = new ApiClient(_http, Session);
        Cameras = new CameraDirectory(new CameraCalls(Api), new Localizer(Browser));
    }

    public FakeTimeProvider Time { get; } = new(Now);

    public FakeScripts Scripts { get; } = new();

    public BrowserInterop Browser { get; }

    public SessionState Session { get; }

    public FakeServer Server { get; }

    public ApiClient Api { get; }

    public CameraDirectory Cameras { get; }

    /// <summary>The streams of events that were opened, the newest last, with the number that each began after.</summary>
    public List<(Pipe Events, string? After)> Streams { get; } = [];

    /// <summary>Thrown instead of opening a stream of events; null: it opens.</summary>
    public Exception? Away { get; set; }

    /// <summary>What a stream of events is answered with instead of events; null: events.</summary>
    public HttpStatusCode? Refusal { get; set; }

    /// <param name="user">The person whom it names.</param>
    public static string TokenUntil(DateTimeOffset expiry, long user = 3, string role = "user")
    {
        var claims = JsonSerializer.Serialize(new
        {
            user_id = user, email = "guard@siaga.example", company_id = 7, role, exp = expiry.ToUnixTimeSeconds(),
        });
        return $"header.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.signature";
    }

    /// <summary>An anomaly that happened so many seconds after eight o'clock.</summary>
    public static Anomaly Anomaly(long id, double seconds = 0, long camera = 9, string type = "fall", double confidence = 0.8) => new()
    {
        Id = id,
        CameraId = camera,
        CompanyId = 7,
        AnomalyType = type,
        Label = type,
        Confidence = confidence,
        VideoClipUrl = "/blobs/a.mp4",
        Detector = "model",
        CapturedAt = Now.AddSeconds(seconds),
        ReceivedAt = Now,
        ReportedAt = Now,
        Status = AnomalyStatus.New,
        PictureUrl = "/blobs/a.jpg", ClipId = string.Create(CultureInfo.InvariantCulture, $"c{id}"),
    };

    public static Camera Camera(long id, string name) =>
        new(id, 7, name, null, "", "", "", "", "UTC", Now, null, FalseAlarmsADay: 1, Scene: null);

    public static string Json(params Anomaly[] anomalies) => JsonSerializer.Serialize([.. anomalies], ApiJson.Default.ListAnomalyItem);

    /// <summary>Sends an event over the newest stream. What the page does about it is done when this returns.</summary>
    public void Send(string kind, string data, int number) =>
        Write($"id: {number}\nevent: {kind}\ndata: {data}\n\n");

    public void Write(string text)
    {
        var writing = Streams[^1].Events.Writer.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
        Assert.True(writing.IsCompletedSuccessfully);
    }

    /// <summary>Ends the newest stream.</summary>
    public void Break() => Streams[^1].Events.Writer.Complete();

    public void Dispose()
    {
        _http.Dispose();
        Server.Dispose();
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath != "/api/events")
            return _answer(request);
        if (Away is not null)
            throw Away;
        if (Refusal is { } status)
            return FakeServer.Empty(status);

        // Everything runs in the thread of the test.
        var pipe = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var after = request.Headers.TryGetValues("Last-Event-ID", out var given) ? given.Single() : "";
        Streams.Add((pipe, after.Length > 0 ? after : null));
        return new HttpResponseMessage { Content = new StreamContent(pipe.Reader.AsStream()) };
    }
}
