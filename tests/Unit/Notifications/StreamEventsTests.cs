using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Siaga.Database;
using Siaga.Notifications;

namespace Siaga.Tests.Unit.Notifications;

/// <summary>Where a stream of events begins, what wakes it and when it ends.</summary>
public sealed class StreamEventsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(null, "", -1L)]
    [InlineData("12", "", 12L)]
    [InlineData("", "?last_event_id=5", 5L)]
    [InlineData("12", "?last_event_id=5", 12L)]
    [InlineData("-1", "", null)]
    [InlineData("twelve", "", null)]
    [InlineData("12", "?last_event_id=five", 12L)]
    [InlineData(null, "?last_event_id=five", null)]
    public void It_begins_after_the_last_event_that_the_client_has(string? header, string query, long? begins)
    {
        var context = new DefaultHttpContext();
        if (header is not null)
            context.Request.Headers["Last-Event-ID"] = header;
        context.Request.QueryString = new QueryString(query);
        Assert.Equal(begins, StreamEvents.LastEventId(context));
    }

    [Theory]
    [InlineData("events", true)]
    [InlineData("events/7", false)]
    [InlineData("anomalies", false)]
    public void A_change_of_events_and_a_new_connection_are_reasons_to_look(string topic, bool isReason)
    {
        var changes = new CacheInvalidation(_time);
        using var feed = new EventFeed(null!, changes);
        changes.Changed(topic);
        Assert.Equal(isReason, IsWoken(feed));
        changes.Connected();
        Assert.True(IsWoken(feed));
    }

    [Fact]
    public void Many_reasons_at_once_are_one_look()
    {
        using var feed = new EventFeed(null!, new CacheInvalidation(_time));
        for (var i = 0; i < 5; i++)
            feed.LookNow();
        Assert.True(IsWoken(feed));
        Assert.False(IsWoken(feed));
    }

    [Fact]
    public void A_stream_waits_for_an_event_above_the_last_one_it_saw()
    {
        using var feed = new EventFeed(null!, new CacheInvalidation(_time));
        Assert.True(feed.AboveAsync(-1).IsCompleted);
        Assert.False(feed.AboveAsync(0).IsCompleted);
    }

    [Fact]
    public void An_announcement_after_the_end_is_harmless()
    {
        var changes = new CacheInvalidation(_time);
        new EventFeed(null!, changes).Dispose();
        changes.Changed(EventFeed.Topic);
    }

    [Fact]
    public async Task A_wait_ends_with_its_task_its_limit_or_its_stream_and_never_throws()
    {
        var clock = new EventClock(_time, new Lifetime());
        using var left = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var limited = clock.AtMostAsync(never.Task, TimeSpan.FromSeconds(2), left.Token);
        Assert.False(limited.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await limited;
        await clock.AtMostAsync(Task.CompletedTask, TimeSpan.FromSeconds(2), left.Token);
        await left.CancelAsync();
        await clock.AtMostAsync(never.Task, TimeSpan.FromSeconds(2), left.Token);
    }

    [Fact]
    public async Task A_stream_ends_when_the_server_stops_or_the_client_leaves()
    {
        var lifetime = new Lifetime();
        using var left = new CancellationTokenSource();
        using var end = new EventClock(_time, lifetime).EndWith(left.Token);
        using var other = new EventClock(_time, lifetime).EndWith(CancellationToken.None);
        await left.CancelAsync();
        Assert.Equal((true, false), (end.IsCancellationRequested, other.IsCancellationRequested));
        lifetime.StopApplication();
        Assert.True(other.IsCancellationRequested);
    }

    // Without a reason the wait would last; a limit of nothing only looks.
    private static bool IsWoken(EventFeed feed) => ((Task<bool>)feed.WaitForReasonAsync(TimeSpan.Zero, CancellationToken.None)).Result;

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();
    }
}
