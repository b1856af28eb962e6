using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about users and invitations.</summary>
public sealed class PeopleCalls(ApiClient api)
{
    private const int Pages = 20;

    public Task<Answer<List<Account>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/users?limit=200", ApiJson.Default.ListListUsersItem, Pages, cancellationToken);

    /// <summary>A user, with its version.</summary>
    public Task<Answer<Account>> FindAsync(long id) => api.GetAsync(Path(id), ApiJson.Default.ListUsersItem);

    public Task<Answer<MadeAccount>> RegisterAsync(RegisterUserRequest user) =>
        api.SendAsync(HttpMethod.Post, "/api/register", user, ApiJson.Default.RegisterUserRequest, ApiJson.Default.RegisterUserResponse);

    public Task<Answer<Account>> ChangeAsync(long id, string? version, ChangeUserRequest changes) =>
        api.ChangeAsync(Path(id), version, changes, ApiJson.Default.ChangeUserRequest, ApiJson.Default.ListUsersItem);

    public Task<Answer<Nothing>> ApproveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Post, Path(id) + "/approve", version);

    public Task<Answer<Nothing>> DeleteAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    /// <summary>Changes the caller's own password.</summary>
    public Task<Answer<Nothing>> ChangePasswordAsync(string current, string wanted) => api.SendAsync(
        HttpMethod.Post, "/api/users/password", new ChangePasswordRequest(current, wanted), ApiJson.Default.ChangePasswordRequest);

    /// <summary>The newest 50 invitations, newest first.</summary>
    public Task<Answer<List<Invitation>>> InvitationsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("/api/invitations?limit=50", ApiJson.Default.ListInviteSuperadminItem, cancellationToken);

    public Task<Answer<MadeInvitation>> InviteAsync(string email) => api.SendAsync(
        HttpMethod.Post, "/api/invitations", new InviteSuperadminRequest(email),
        ApiJson.Default.InviteSuperadminRequest, ApiJson.Default.InviteSuperadminResponse);

    public Task<Answer<Nothing>> RevokeInvitationAsync(long id) =>
        api.SendAsync(HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"/api/invitations/{id}"));

    /// <summary>Accepts an invitation. The caller is not signed in.</summary>
    public Task<Answer<MadeAccount>> AcceptAsync(string token, string password, string? name) => api.SendAsync(
        HttpMethod.Post, "/api/invitations/accept", new AcceptInvitationRequest(token, password) { Name = name },
        ApiJson.Default.AcceptInvitationRequest, ApiJson.Default.RegisterUserResponse);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/users/{id}");
}
