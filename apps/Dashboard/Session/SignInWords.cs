using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Session;

public static class SignInWords
{
    public static readonly Words Title = new("Sign in", "Masuk");
    public static readonly Words Claim = new("From an alarm to a decision in seconds.", "Dari alarm ke keputusan dalam hitungan detik.");
    public static readonly Words Again = new("Your session has ended. Sign in, and go on where you were.", "Sesi Anda berakhir. Masuk untuk melanjutkan di tempat yang sama.");
    public static readonly Words Email = new("E-mail", "Email");
    public static readonly Words Password = new("Password", "Kata sandi");
    public static readonly Words Submit = new("Sign in", "Masuk");
    public static readonly Words Busy = new("Signing in…", "Sedang masuk…");
    public static readonly Words EmailMissing = new("Your e-mail is missing.", "Email belum diisi.");
    public static readonly Words PasswordMissing = new("Your password is missing.", "Kata sandi belum diisi.");
    public static readonly Words ShowPassword = new("Show the password", "Tampilkan kata sandi");
}
