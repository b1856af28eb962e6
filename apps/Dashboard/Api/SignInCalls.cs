using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Signing in and out.</summary>
public sealed class SignInCalls(ApiClient api)
{
    public Task<Answer<SignedIn>> SignInAsync(string email, string password) => api.SendAsync(
        HttpMethod.Post, "/api/login", new SignIn(email, password), SignInJson.Default.SignIn, SignInJson.Default.SignedIn);

    public Task<Answer<Nothing>> SignOutAsync() => api.SendAsync(HttpMethod.Post, "/api/logout");
}

public sealed record SignIn(string Email, string Password);

public sealed record SignedIn(string Token, string RefreshToken);

/// <param name="Exp">Seconds.</param>
public sealed record TokenClaims(long UserId, string Email, long CompanyId, string Role, long Exp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(TokenClaims))]
public sealed partial class SignInJson : JsonSerializerContext;
