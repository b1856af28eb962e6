using Siaga.Primitives;

namespace Siaga.Accounts;

/// <summary>Normalises e-mail addresses and checks them loosely: only a message proves an address.</summary>
internal static class Emails
{
    private const int MaxLength = 254;

    public static string Normalise(string email) => email.Trim().ToLowerInvariant();

    public static Result<string> Check(string? email)
    {
        var text = Normalise(email ?? "");
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var plausible = at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1 && text.Length <= MaxLength
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c));
        return plausible ? text : new Error(ErrorKind.Invalid, "email_invalid", "'email' is not an e-mail address.");
    }
}
