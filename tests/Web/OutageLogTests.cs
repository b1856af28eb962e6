using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Siaga.Primitives;
using Siaga.Web;

namespace Siaga.Tests.Web;

/// <summary>The log of an outage: its first failure, a summary every minute, its end, and nothing else.</summary>
public sealed class OutageLogTests : IDisposable
{
    private const string Upload = "POST /ingest/video";

    private readonly FakeTimeProvider _time = new();
    private readonly HeardLog _heard = new();
    private readonly ServiceProvider _services;
    private readonly IOutageLog _outages;

    public OutageLogTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddLogging(logging => logging.AddProvider(_heard));
        services.AddSingleton<IFailureMapper, Mapper>();
        services.AddSiagaWeb(new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
        _outages = _services.GetRequiredService<IOutageLog>();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void The_first_is_said_at_once_and_the_next_ones_are_not()
    {
        _outages.Failed("storage_full", Upload, "The disk is full");
        Assert.Equal(
            ["storage_full: POST /ingest/video failed: The disk is full. Further failures are counted and logged once a minute"],
            _heard.Texts);
        for (var i = 0; i < 1000; i++)
            _outages.Failed("storage_full", Upload, "The disk is full");
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(_heard.Lines);
        Assert.Null(_heard.Lines[0].Exception);
        Assert.True(_outages.Any);
    }

    [Fact]
    public void A_summary_a_minute_says_how_many_there_were_of_what_and_the_newest_cause()
    {
        _outages.Failed("database_unavailable", Upload, "Connection refused");
        Minute(second =>
        {
            for (var i = 0; i < 7; i++)
                _outages.Failed("database_unavailable", Upload, "Connection refused");
            if (second % 20 == 0)
                _outages.Failed("database_unavailable", "outbox", "It starts");
        });
        Assert.Equal(
            "database_unavailable for 60 s: 423 failed in the last 60 s (POST /ingest/video: 420, outbox: 3): Connection refused",
            Assert.Single(_heard.Texts.Skip(1)));
        Minute(_ => _outages.Failed("database_unavailable", "outbox", "It starts"));
        Assert.Equal(
            "database_unavailable for 120 s: 60 failed in the last 60 s (outbox: 60): It starts", Assert.Single(_heard.Texts.Skip(2)));
    }

    [Fact]
    public void Its_end_is_said_once_with_how_long_it_took_when_it_has_worked_for_a_while()
    {
        _outages.Failed("storage_unavailable", Upload, "No answer");
        _time.Advance(TimeSpan.FromSeconds(30));
        _outages.Failed("storage_unavailable", Upload, "No answer");
        _time.Advance(TimeSpan.FromSeconds(3));
        _outages.Worked(Upload);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(_heard.Lines);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("storage_unavailable ended after 33 s: 2 failed", Assert.Single(_heard.Texts.Skip(1)));
        Assert.Equal(LogLevel.Information, _heard.Lines[1].Level);
        Assert.False(_outages.Any);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _heard.Lines.Count);

        // The next failure starts a new outage.
        _outages.Failed("storage_unavailable", Upload, "No answer");
        Assert.Equal(3, _heard.Lines.Count);
    }

    [Fact]
    public void What_comes_and_goes_every_few_seconds_is_one_outage()
    {
        for (var round = 0; round < 30; round++)
        {
            _outages.Failed("broker_unavailable", "outbox", "Connection reset");
            _time.Advance(TimeSpan.FromSeconds(2));
            _outages.Worked("outbox");
            _time.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.InRange(_heard.Lines.Count, 5, 6);
        Assert.DoesNotContain(_heard.Texts, t => t.Contains("ended after", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_work_that_is_done_ends_no_outage_and_work_that_still_fails_keeps_it()
    {
        _outages.Failed("storage_unavailable", Upload, "No answer");
        Minute(_ => _outages.Worked("GET /api/cameras"));
        Assert.True(_outages.Any);
        Minute(_ =>
        {
            _outages.Failed("storage_unavailable", "GET /api/clips", "No answer");
            _outages.Worked(Upload);
        });
        Assert.DoesNotContain(_heard.Texts, t => t.Contains("ended after", StringComparison.Ordinal));
    }

    [Fact]
    public void Work_that_is_not_asked_for_again_keeps_no_outage_open()
    {
        _outages.Failed("database_unavailable", "GET /api/audit", "No answer");
        _outages.Failed("database_unavailable", Upload, "No answer");
        _time.Advance(TimeSpan.FromSeconds(20));
        _outages.Worked(Upload);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_outages.Any);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("database_unavailable ended after 20 s: 2 failed", _heard.Texts[^1]);
    }

    [Fact]
    public void Two_things_that_are_away_at_once_are_told_apart()
    {
        _outages.Failed("storage_unavailable", Upload, "No answer");
        _outages.Failed("broker_unavailable", "outbox", "Connection refused");
        Assert.Equal(2, _heard.Lines.Count);
        Minute(_ => _outages.Failed("broker_unavailable", "outbox", "Connection refused"));
        _outages.Worked(Upload);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Contains("storage_unavailable ended after 60 s: 1 failed", _heard.Texts);
        Assert.Contains(_heard.Texts, t => t.StartsWith("broker_unavailable for 60 s: 60 failed", StringComparison.Ordinal));
        Assert.True(_outages.Any);
    }

    [Fact]
    public async Task Many_threads_say_one_line_and_lose_no_count()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
                _outages.Failed("storage_full", Upload, "The disk is full");
        })));
        Assert.Single(_heard.Lines);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains(" 39999 failed ", _heard.Texts[^1], StringComparison.Ordinal);
        _outages.Worked(Upload);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.EndsWith(": 40000 failed", _heard.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_a_mapper_knows_is_expected_with_its_causes_in_one_line_and_any_other_is_not()
    {
        var cause = new TimeoutException("No answer from db:5432.", new IOException("Connection refused.\n\nDETAIL: redacted."));
        Assert.True(_outages.Expects(new TimeoutException("See the inner exception.", cause), Upload));
        Assert.StartsWith(
            "away: POST /ingest/video failed: No answer from db:5432. Connection refused. Further failures", Assert.Single(_heard.Texts),
            StringComparison.Ordinal);
        Assert.False(_outages.Expects(new ArgumentException("Wrong."), Upload));
        Assert.False(_outages.Expects(new InvalidOperationException("Ours."), Upload));
        Assert.Single(_heard.Lines);
    }

    [Fact]
    public void A_process_that_stops_in_an_outage_says_what_it_had_counted()
    {
        _outages.Failed("storage_full", Upload, "The disk is full");
        _outages.Failed("storage_full", Upload, "The disk is full");
        _time.Advance(TimeSpan.FromSeconds(10));
        _services.Dispose();
        Assert.Equal("storage_full for 10 s: 1 failed in the last 10 s (POST /ingest/video: 1): The disk is full", _heard.Texts[^1]);
    }

    /// <summary>Advances the clock by a minute, second by second.</summary>
    private void Minute(Action<int> each)
    {
        for (var second = 0; second < 60; second++)
        {
            each(second);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Mapper : IFailureMapper
    {
        public Error? Map(Exception exception) => exception switch
        {
            TimeoutException => new Error(ErrorKind.Unavailable, "away", "It is away."),
            ArgumentException => new Error(ErrorKind.Invalid, "wrong", "It is wrong."),
            _ => null,
        };
    }
}
