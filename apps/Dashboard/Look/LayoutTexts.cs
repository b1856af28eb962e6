using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Look;

/// <summary>Texts of the frame around every page.</summary>
public static class LayoutTexts
{
    public static readonly LocalizedText SkipToContent = new("Skip to content", "Langsung ke konten");
    public static readonly LocalizedText Menu = new("Main menu", "Menu utama");
    public static readonly LocalizedText More = new("More", "Lainnya");
    public static readonly LocalizedText Watch = new("Watch", "Pantau");
    public static readonly LocalizedText History = new("History", "Riwayat");
    public static readonly LocalizedText Cameras = new("Cameras", "Kamera");
    public static readonly LocalizedText People = new("People", "Pengguna");
    public static readonly LocalizedText Companies = new("Companies", "Perusahaan");
    public static readonly LocalizedText Audit = new("Audit", "Audit");
    public static readonly LocalizedText System = new("System", "Sistem");
    public static readonly LocalizedText SignOut = new("Sign out", "Keluar");
    public static readonly LocalizedText ToLight = new("Light theme", "Tema terang");
    public static readonly LocalizedText ToDark = new("Dark theme", "Tema gelap");
    public static readonly LocalizedText OtherLanguage = new("Bahasa Indonesia", "English");
    public static readonly LocalizedText Keys = new("Keyboard shortcuts", "Pintasan keyboard");
    public static readonly LocalizedText KeysHelp = new("Show keyboard shortcuts", "Tampilkan pintasan keyboard");
    public static readonly LocalizedText KeysClose = new("Close or go back", "Tutup atau kembali");
    public static readonly LocalizedText Close = new("Close", "Tutup");
    public static readonly LocalizedText RoleSuperadmin = new("Operator", "Operator");
    public static readonly LocalizedText RoleCompanyAdmin = new("Administrator", "Administrator");
    public static readonly LocalizedText RoleUser = new("Guard", "Petugas");

    public static LocalizedText RoleOf(Role? role) => role switch
    {
        Role.Superadmin => RoleSuperadmin,
        Role.CompanyAdmin => RoleCompanyAdmin,
        _ => RoleUser,
    };
}
