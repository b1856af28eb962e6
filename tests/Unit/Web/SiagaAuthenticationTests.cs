using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

/// <summary>Whom a request comes from, by its headers.</summary>
public sealed class SiagaAuthenticationTests
{
    private const string WorkerToken = "worker-token-of-the-whole-installation";
    private const string IngestionToken = "ingestion-token-of-the-installation";

    private readonly AccessTokens _tokens = new(
        Options.Create(new AuthOptions { SigningKey = FakeRequest.SigningKey }),
        new FakeTimeProvider(new DateTimeOffset(2025, 6, 1, 12, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("X-Worker-Token", WorkerToken, "worker")]
    [InlineData("X-Ingestion-Token", IngestionToken, "ingestion")]
    [InlineData("Authorization", "Bearer " + WorkerToken, "worker")]
    [InlineData("Authorization", "bearer  " + IngestionToken + " ", "ingestion")]
    public async Task A_service_is_known_by_its_token_in_either_header(string header, string value, string role) =>
        Assert.Equal(role, (await ByAsync(header, value)).Principal?.FindFirst("role")?.Value);

    [Theory]
    [InlineData("X-Worker-Token", IngestionToken)]
    [InlineData("X-Ingestion-Token", WorkerToken)]
    [InlineData("X-Worker-Token", "worker-token")]
    [InlineData("Authorization", "Bearer nothing")]
    public async Task A_wrong_token_fails(string header, string value) => Assert.NotNull((await ByAsync(header, value)).Failure);

    [Theory]
    [InlineData("Authorization", "Basic YTpi")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "Bearer sck_abc")]
    [InlineData("X-Worker-Token", "")]
    [InlineData("X-Camera-Key", "sck_abc")]
    public async Task A_request_without_a_token_of_this_scheme_is_anonymous(string header, string value) =>
        Assert.True((await ByAsync(header, value)).None);

    [Theory]
    [InlineData(4096, false)]
    [InlineData(4097, true)]
    public async Task A_token_that_is_far_too_long_is_not_read(int length, bool isIgnored) =>
        Assert.Equal(isIgnored, (await ByAsync("Authorization", "Bearer " + new string('a', length))).None);

    [Fact]
    public async Task A_person_is_signed_in_until_the_session_ends()
    {
        var caller = new Caller(3, "a@b.example", 7, Role.User, "s1", _tokens.NextExpiry());
        var bearer = "Bearer " + _tokens.Issue(caller);
        Assert.Equal(caller, Caller.Of((await ByAsync("Authorization", bearer)).Principal!));
        Assert.NotNull((await ByAsync("Authorization", bearer, ended: "s1")).Failure);
        Assert.NotNull((await ByAsync("X-Worker-Token", bearer["Bearer ".Length..])).Failure);
    }

    [Theory]
    [InlineData("X-Worker-Token", "")]
    [InlineData("Authorization", "Bearer ")]
    public async Task A_worker_of_one_company_reports_until_its_token_is_revoked(string header, string prefix)
    {
        var worker = new WorkerCaller(7, "t1", _tokens.NextExpiry());
        var token = prefix + _tokens.Issue(worker);
        Assert.Equal(worker, WorkerCaller.Of((await ByAsync(header, token)).Principal!));
        Assert.NotNull((await ByAsync(header, token, ended: "t1")).Failure);
    }

    [Fact]
    public async Task A_process_without_access_tokens_knows_services_only()
    {
        var bearer = "Bearer " + _tokens.Issue(new Caller(3, "a@b.example", 7, Role.User, "s1", _tokens.NextExpiry()));
        Assert.NotNull((await ByAsync("Authorization", bearer, tokens: null)).Failure);
        Assert.True((await ByAsync("X-Worker-Token", WorkerToken, tokens: null)).Succeeded);
    }

    [Fact]
    public async Task A_service_whose_token_is_not_set_admits_no_one() =>
        Assert.NotNull((await ByAsync("X-Worker-Token", "x", tokens: null, own: new ServiceTokenOptions { Worker = "" })).Failure);

    private Task<AuthenticateResult> ByAsync(string header, string value, string ended = "") =>
        ByAsync(header, value, _tokens, ended: ended);

    private static async Task<AuthenticateResult> ByAsync(
        string header, string value, AccessTokens? tokens, ServiceTokenOptions? own = null, string ended = "")
    {
        own ??= new ServiceTokenOptions { Worker = WorkerToken, Ingestion = IngestionToken };
        var handler = new SiagaAuthentication(
            new Settings(), NullLoggerFactory.Instance, UrlEncoder.Default, Options.Create(own), [new FakeSessions(ended)], tokens);
        var context = FakeRequest.To("/");
        context.Request.Headers[header] = value;
        await handler.InitializeAsync(new AuthenticationScheme(SiagaAuthentication.Scheme, null, typeof(SiagaAuthentication)), context);
        return await handler.AuthenticateAsync();
    }

    private sealed class Settings : IOptionsMonitor<AuthenticationSchemeOptions>
    {
        public AuthenticationSchemeOptions CurrentValue { get; } = new();

        public AuthenticationSchemeOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AuthenticationSchemeOptions, string?> listener) => null;
    }
}
