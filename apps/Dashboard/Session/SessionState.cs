using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;

namespace Siaga.App.Dashboard.Session;

/// <summary>What a signed-in person is, from the token's own claims.</summary>
public sealed record Person(long Id, string Email, long CompanyId, string Role)
{
    public bool IsSuperadmin => Role == Roles.Superadmin;

    /// <summary>A company's admin, or the operator.</summary>
    public bool IsAdmin => Role is Roles.Superadmin or Roles.CompanyAdmin;
}

public static class Roles
{
    public const string Superadmin = "superadmin";
    public const string CompanyAdmin = "company_admin";
    public const string User = "user";
}

public enum SessionStage
{
    /// <summary>Nobody is signed in.</summary>
    Out,

    /// <summary>Somebody is.</summary>
    In,

    /// <summary>Somebody was, and their session has ended: the page waits behind the sign-in.</summary>
    Ended,

    /// <summary>The server could not be asked who is signed in.</summary>
    Unreachable,
}

/// <summary>
/// Who is signed in. The access token lives in memory alone; the refresh token is kept by the browser, so that a reload and a second tab
/// need no password.
/// </summary>
public sealed class SessionState(BrowserInterop browser, TimeProvider time)
{
    private const string KeptToken = "siaga.refresh";

    // A token is swapped a little before it ends, so that no call meets the end.
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);

    private Task<bool>? _swapping;
    private DateTimeOffset _expiresAt;

    /// <summary>Null when nobody is signed in, or their session has ended.</summary>
    public string? Token { get; private set; }

    /// <summary>Who is, or was last, signed in.</summary>
    public Person? Person { get; private set; }

    public SessionStage Stage { get; private set; }

    public event Action? Changed;

    /// <summary>Goes on with the session that the browser remembers, if it does.</summary>
    public async Task ResumeAsync()
    {
        if (browser.Recall(KeptToken) is null)
            return;
        if (!await SwapAsync() && Stage != SessionStage.Unreachable)
            Stage = SessionStage.Out;
        Changed?.Invoke();
    }

    public void Begin(string token, string refreshToken)
    {
        browser.Remember(KeptToken, refreshToken);
        Take(token);
        Changed?.Invoke();
    }

    /// <summary>A token that works, swapped for the next one where needed; null when there is none to be had.</summary>
    public async Task<string?> FreshTokenAsync()
    {
        if (Token is not null && time.GetUtcNow() < _expiresAt - s_early)
            return Token;
        return await RenewAsync() ? Token : null;
    }

    /// <summary>Swaps the token; many who ask at once get one swap. False: the session has ended, or nobody answers.</summary>
    public async Task<bool> RenewAsync()
    {
        var swap = _swapping ??= SwapAsync();
        try
        {
            return await swap;
        }
        finally
        {
            _swapping = null;
        }
    }

    public void End()
    {
        browser.Remember(KeptToken, null);
        Token = null;
        Person = null;
        Stage = SessionStage.Out;
        Changed?.Invoke();
    }

    private async Task<bool> SwapAsync()
    {
        var swap = await browser.SwapTokenAsync(KeptToken);
        if (swap is { Status: 200, Token: { } token })
        {
            var wasIn = Stage == SessionStage.In;
            Take(token);
            if (!wasIn)
                Changed?.Invoke();
            return true;
        }

        if (swap.Status == 401)
        {
            Token = null;
            Stage = Person is null ? SessionStage.Out : SessionStage.Ended;
            Changed?.Invoke();
        }
        else if (Person is null)
        {
            Stage = SessionStage.Unreachable;
        }

        return false;
    }

    private void Take(string token)
    {
        var claims = JsonSerializer.Deserialize(Base64Url(token.Split('.')[1]), SignInJson.Default.TokenClaims)!;
        Token = token;
        Person = new Person(claims.UserId, claims.Email, claims.CompanyId, claims.Role);
        _expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.Exp);
        Stage = SessionStage.In;
    }

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
