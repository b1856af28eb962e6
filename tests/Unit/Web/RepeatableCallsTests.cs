using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

/// <summary>A creating call that is sent twice creates once.</summary>
public sealed class RepeatableCallsTests
{
    private readonly Calls _calls = new();
    private int _made;

    [Fact]
    public async Task A_call_without_a_key_or_without_a_person_is_simply_made()
    {
        await CallAsync(key: null);
        await CallAsync(user: null);
        Assert.Equal((2, 0), (_made, _calls.Stored.Count));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task A_key_has_a_longest_length(int length, bool isFine) =>
        Assert.Equal(isFine ? 201 : 400, StatusOf(await CallAsync(key: new string('a', length))));

    [Theory]
    [InlineData("")]
    [InlineData("a\u0007b")]
    public async Task A_key_that_cannot_be_shown_is_refused(string key)
    {
        Assert.Equal(400, StatusOf(await CallAsync(key: key)));
        Assert.Equal(0, _made);
    }

    [Fact]
    public async Task The_same_call_gets_the_same_answer_and_creates_nothing_again()
    {
        await CallAsync();
        var context = FakeRequest.To("/");
        await ((IResult)(await CallAsync())!).ExecuteAsync(context);
        Assert.Equal(1, _made);
        Assert.Equal((201, "/made/1", "true"), (
            context.Response.StatusCode, context.Response.Headers.Location.ToString(),
            context.Response.Headers["Idempotency-Replayed"].ToString()));
        Assert.Equal("\"made 1\"", FakeRequest.BodyOf(context));
    }

    [Fact]
    public async Task The_same_key_of_another_person_is_another_call()
    {
        await CallAsync();
        await CallAsync(user: 4);
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task The_same_key_for_another_call_is_a_conflict()
    {
        await CallAsync();
        Assert.Equal("idempotency_key_reused", CodeOf(await CallAsync(path: "/api/users")));
        Assert.Equal("idempotency_key_reused", CodeOf(await CallAsync(body: "other")));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_is_not_made_again()
    {
        await CallAsync();
        var (name, call) = _calls.Stored.Single();
        _calls.Stored[name] = call with { Answer = null };
        Assert.Equal("idempotency_unfinished", CodeOf(await CallAsync()));
        Assert.Equal(1, _made);
    }

    [Fact]
    public async Task A_call_that_is_refused_may_be_made_again()
    {
        Assert.Equal(400, StatusOf(await CallAsync(make: () => TypedResults.BadRequest())));
        Assert.Equal((1, 0), (_calls.GivenUp, _calls.Stored.Count));
        Assert.Equal(201, StatusOf(await CallAsync()));
    }

    [Fact]
    public async Task Of_two_calls_at_once_the_second_gets_the_first_one_s_answer()
    {
        await CallAsync();
        _calls.IsHidden = true;
        var answer = await CallAsync(
            make: () => throw new InvalidOperationException("A unique index."), claimed: () => _calls.IsHidden = false);
        Assert.IsNotType<ProblemHttpResult>(answer);
        Assert.Equal(1, _calls.GivenUp);
    }

    [Fact]
    public async Task A_call_that_fails_by_itself_fails()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync(make: () => throw new InvalidOperationException()));
        Assert.Empty(_calls.Stored);
    }

    private static int? StatusOf(object? answer) => (answer as IStatusCodeHttpResult)?.StatusCode;

    private static string? CodeOf(object? answer) => Assert.IsType<ProblemHttpResult>(answer).ProblemDetails.Extensions["code"] as string;

    private async Task<object?> CallAsync(
        string? key = "key", long? user = 3, string path = "/api/cameras", string body = "body", Func<IResult>? make = null,
        Action? claimed = null)
    {
        var seal = new CallSeal(Options.Create(new AuthOptions { SigningKey = FakeRequest.SigningKey }));
        var context = FakeRequest.To(path, method: "POST", services: s => s.AddSingleton<IRepeatedCalls>(_calls).AddSingleton(seal));
        if (key is not null)
            context.Request.Headers["Idempotency-Key"] = key;
        if (user is { } id)
            context.User = new Caller(id, "a@b.example", 7, Role.CompanyAdmin, "s1", DateTimeOffset.UnixEpoch).ToPrincipal();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new RequestMetadata(typeof(string), null, [])), ""));
        return await RepeatableCalls.FilterAsync(new DefaultEndpointFilterInvocationContext(context, body), _ =>
        {
            claimed?.Invoke();
            if (make is not null)
                return ValueTask.FromResult<object?>(make());
            _made++;
            _calls.Save();
            return ValueTask.FromResult<object?>(TypedResults.Created($"/made/{_made}", $"made {_made}"));
        });
    }

    private sealed class Calls : IRepeatedCalls
    {
        private (string Name, string Fingerprint)? _claimed;

        public Dictionary<string, RepeatedCall> Stored { get; } = new(StringComparer.Ordinal);

        /// <summary>What another process has stored is not seen yet.</summary>
        public bool IsHidden { get; set; }

        public int GivenUp { get; private set; }

        public void Save()
        {
            if (_claimed is var (name, fingerprint))
                Stored.Add(name, new RepeatedCall(fingerprint, null));
        }

        public Task<RepeatedCall?> FindAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult(IsHidden ? null : Stored.GetValueOrDefault(name));

        public void Claim(string name, string fingerprint) => _claimed = (name, fingerprint);

        public Task CompleteAsync(string name, SealedAnswer answer, CancellationToken cancellationToken)
        {
            Stored[name] = Stored[name] with { Answer = answer };
            return Task.CompletedTask;
        }

        public void GiveUp()
        {
            _claimed = null;
            GivenUp++;
        }
    }
}
