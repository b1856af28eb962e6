using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Session;

public static class SignInTexts
{
    public static readonly LocalizedText Title = new("Sign in", "Masuk");
    public static readonly LocalizedText Claim = new("From an alarm to a decision in seconds.", "Dari alarm ke keputusan dalam hitungan detik.");
    public static readonly LocalizedText Again = new("Your session has ended. Sign in, and go on where you were.", "Sesi Anda berakhir. Masuk untuk melanjutkan di tempat yang sama.");
    public static readonly LocalizedText Email = new("E-mail", "Email");
    public static readonly LocalizedText Password = new("Password", "Kata sandi");
    public static readonly LocalizedText Submit = new("Sign in", "Masuk");
    public static readonly LocalizedText Busy = new("Signing in…", "Sedang masuk…");
    public static readonly LocalizedText EmailMissing = new("Your e-mail is missing.", "Email belum diisi.");
    public static readonly LocalizedText PasswordMissing = new("Your password is missing.", "Kata sandi belum diisi.");
    public static readonly LocalizedText ShowPassword = new("Show the password", "Tampilkan kata sandi");
}
