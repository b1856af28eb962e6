namespace Siaga.App.Dashboard.Api;

/// <summary>Calls that sign in and out.</summary>
public sealed class SignInCalls(ApiClient api)
{
    public Task<Answer<LogInResponse>> SignInAsync(string email, string password) => api.SendAsync(
        HttpMethod.Post, "/api/login", new LogInRequest(email, password), ApiJson.Default.LogInRequest, ApiJson.Default.LogInResponse);

    public Task<Answer<Nothing>> SignOutAsync() => api.SendAsync(HttpMethod.Post, "/api/logout");
}

/// <summary>What the pages read of an access token.</summary>
/// <param name="Exp">Seconds since 1970.</param>
public sealed record TokenClaims(long UserId, string Email, long CompanyId, Role Role, long Exp);
