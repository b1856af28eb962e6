using System.Text.Json;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Browser;

namespace Siaga.App.Dashboard.Session;

/// <summary>The signed-in user, from the claims of the access token.</summary>
public sealed record Person(long Id, string Email, long CompanyId, Role Role)
{
    public bool IsSuperadmin => Role == Role.Superadmin;

    /// <summary>True for administrators of a company and for operators.</summary>
    public bool IsAdmin => Role is Role.Superadmin or Role.CompanyAdmin;
}

public enum SessionStage
{
    /// <summary>No user is signed in.</summary>
    Out,

    /// <summary>A user is signed in.</summary>
    In,

    /// <summary>The user's session has ended: the page waits behind the sign-in.</summary>
    Ended,

    /// <summary>The session could not be resumed, because the server did not answer.</summary>
    Unreachable,
}

/// <summary>
/// The session. The access token is only in memory; the refresh token is stored in the browser, so that a reload or a second tab needs no
/// password.
/// </summary>
public sealed class SessionState(BrowserInterop browser, TimeProvider time)
{
    private const string KeptToken = "siaga.refresh";

    // A token is renewed shortly before it expires, so that no call is refused.
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);

    private Task<bool>? _swapping;
    private DateTimeOffset _expiresAt;

    /// <summary>The access token; null when no user is signed in or the session has ended.</summary>
    public string? Token { get; private set; }

    /// <summary>The user who is signed in, or was last.</summary>
    public Person? Person { get; private set; }

    public SessionStage Stage { get; private set; }

    public event Action? Changed;

    /// <summary>Resumes the session that the browser has stored, if any.</summary>
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

    /// <summary>A valid access token, renewed if necessary; null when there is none.</summary>
    public async Task<string?> FreshTokenAsync()
    {
        if (Token is not null && time.GetUtcNow() < _expiresAt - s_early)
            return Token;
        return await RenewAsync() ? Token : null;
    }

    /// <summary>Renews the access token. Simultaneous callers share one renewal.</summary>
    /// <returns>False when the session has ended or the server does not answer.</returns>
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
        var claims = JsonSerializer.Deserialize(Base64Url(token.Split('.')[1]), ApiJson.Default.TokenClaims)!;
        Token = token;
        Person = new Person(claims.UserId, claims.Email, claims.CompanyId, claims.Role);
        _expiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.Exp);
        Stage = SessionStage.In;
    }

    private static byte[] Base64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
