using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Look;

public static class LayoutWords
{
    public static readonly Words SkipToContent = new("Skip to content", "Langsung ke isi");
    public static readonly Words Menu = new("Main menu", "Menu utama");
    public static readonly Words More = new("More", "Lainnya");
    public static readonly Words Watch = new("Watch", "Pantau");
    public static readonly Words History = new("History", "Riwayat");
    public static readonly Words Cameras = new("Cameras", "Kamera");
    public static readonly Words People = new("People", "Pengguna");
    public static readonly Words Companies = new("Companies", "Perusahaan");
    public static readonly Words Audit = new("Audit", "Audit");
    public static readonly Words System = new("System", "Sistem");
    public static readonly Words SignOut = new("Sign out", "Keluar");
    public static readonly Words Account = new("Account: {0}", "Akun: {0}");
    public static readonly Words ToLight = new("Light colours", "Warna terang");
    public static readonly Words ToDark = new("Dark colours", "Warna gelap");
    public static readonly Words OtherLanguage = new("Bahasa Indonesia", "English");
    public static readonly Words Keys = new("Keys", "Tombol");
    public static readonly Words KeysHelp = new("Show the keys", "Tampilkan tombol");
    public static readonly Words KeysClose = new("Close, or go back", "Tutup, atau kembali");
    public static readonly Words Close = new("Close", "Tutup");
    public static readonly Words RoleSuperadmin = new("Operator", "Operator");
    public static readonly Words RoleCompanyAdmin = new("Administrator", "Administrator");
    public static readonly Words RoleUser = new("Guard", "Petugas");

    public static Words RoleOf(string role) => role switch
    {
        Session.Roles.Superadmin => RoleSuperadmin,
        Session.Roles.CompanyAdmin => RoleCompanyAdmin,
        _ => RoleUser,
    };
}
