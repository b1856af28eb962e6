using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Session;

/// <summary>Texts of the sign-in page.</summary>
public static class SignInTexts
{
    public static readonly LocalizedText Title = new("Sign in", "Masuk");
    public static readonly LocalizedText Claim = new(
        "From an alarm to a decision in seconds.", "Dari alarm ke keputusan dalam hitungan detik.");
    public static readonly LocalizedText Again = new(
        "Your session has ended. Sign in to continue where you left off.",
        "Sesi Anda sudah berakhir. Masuk untuk melanjutkan dari tempat terakhir.");
    public static readonly LocalizedText Email = new("Email", "Email");
    public static readonly LocalizedText Password = new("Password", "Kata sandi");
    public static readonly LocalizedText Submit = new("Sign in", "Masuk");
    public static readonly LocalizedText Busy = new("Signing in…", "Sedang masuk…");
    public static readonly LocalizedText EmailMissing = new("Enter your email.", "Masukkan email Anda.");
    public static readonly LocalizedText PasswordMissing = new("Enter your password.", "Masukkan kata sandi Anda.");
    public static readonly LocalizedText ShowPassword = new("Show password", "Tampilkan kata sandi");
}
