using System.Globalization;
using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Accounts and invitations.</summary>
public sealed class PeopleCalls(ApiClient api)
{
    private const int Pages = 20;

    public Task<Answer<List<Account>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/users?limit=200", PeopleJson.Default.ListAccount, Pages, cancellationToken);

    /// <summary>One, with its version.</summary>
    public Task<Answer<Account>> FindAsync(long id) => api.GetAsync(Path(id), PeopleJson.Default.Account);

    public Task<Answer<MadeAccount>> RegisterAsync(AccountDraft draft) =>
        api.SendAsync(HttpMethod.Post, "/api/register", draft, PeopleJson.Default.AccountDraft, PeopleJson.Default.MadeAccount);

    public Task<Answer<Account>> ChangeAsync(long id, string? version, AccountDraft draft) =>
        api.ChangeAsync(Path(id), version, draft, PeopleJson.Default.AccountDraft, PeopleJson.Default.Account);

    public Task<Answer<Nothing>> ApproveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Post, Path(id) + "/approve", version);

    public Task<Answer<Nothing>> DeleteAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    /// <summary>One's own.</summary>
    public Task<Answer<Nothing>> ChangePasswordAsync(string current, string wanted) =>
        api.SendAsync(HttpMethod.Post, "/api/users/password", new PasswordChange(current, wanted), PeopleJson.Default.PasswordChange);

    /// <summary>Newest first.</summary>
    public Task<Answer<List<Invitation>>> InvitationsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/invitations?limit=50", PeopleJson.Default.ListInvitation, cancellationToken);

    public Task<Answer<MadeInvitation>> InviteAsync(string email) =>
        api.SendAsync(HttpMethod.Post, "/api/invitations", new InvitationDraft(email), PeopleJson.Default.InvitationDraft, PeopleJson.Default.MadeInvitation);

    public Task<Answer<Nothing>> RevokeInvitationAsync(long id) =>
        api.SendAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/api/invitations/{id}"));

    /// <summary>By whoever was invited; nobody is signed in.</summary>
    public Task<Answer<MadeAccount>> AcceptAsync(string token, string password, string? name) => api.SendAsync(
        HttpMethod.Post, "/api/invitations/accept", new Acceptance(token, password, name), PeopleJson.Default.Acceptance, PeopleJson.Default.MadeAccount);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/users/{id}");
}

public sealed record Account(long Id, string Email, long CompanyId, string Role, DateTimeOffset CreatedAt)
{
    public string? Name { get; init; }

    /// <summary>Asked for the account, and waits for an administrator.</summary>
    public bool? Pending { get; init; }
}

/// <summary>A new account, or changes of one; what is null is not sent.</summary>
public sealed record AccountDraft
{
    public string? Email { get; init; }

    public string? Password { get; init; }

    public string? Role { get; init; }

    public string? Name { get; init; }

    public long? CompanyId { get; init; }
}

public sealed record MadeAccount(long Id, string Email);

public sealed record PasswordChange(string CurrentPassword, string NewPassword);

public sealed record InvitationDraft(string Email);

public sealed record Invitation(long Id, string Email, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <param name="Token">Shown this once.</param>
public sealed record MadeInvitation(long Id, string Email, string Token, DateTimeOffset ExpiresAt);

public sealed record Acceptance(string Token, string Password, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Account>))]
[JsonSerializable(typeof(AccountDraft))]
[JsonSerializable(typeof(MadeAccount))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(InvitationDraft))]
[JsonSerializable(typeof(List<Invitation>))]
[JsonSerializable(typeof(MadeInvitation))]
[JsonSerializable(typeof(Acceptance))]
public sealed partial class PeopleJson : JsonSerializerContext;
