using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Companies;

/// <summary>Texts of the page about companies.</summary>
public static class CompanyTexts
{
    public static readonly LocalizedText Title = new("Companies", "Perusahaan");
    public static readonly LocalizedText Add = new("Add company", "Tambah perusahaan");
    public static readonly LocalizedText None = new("No companies yet", "Belum ada perusahaan");
    public static readonly LocalizedText NoneWhy = new(
        "Each company has its own cameras and people, and sees nothing of the others.",
        "Setiap perusahaan punya kamera dan pengguna sendiri, dan tidak dapat melihat milik perusahaan lain.");
    public static readonly LocalizedText AddTitle = new("Add a company", "Tambah perusahaan");
    public static readonly LocalizedText RenameTitle = new("Rename {0}", "Ganti nama {0}");
    public static readonly LocalizedText Number = new("ID", "ID");
    public static readonly LocalizedText Archive = new("Archive", "Arsipkan");
    public static readonly LocalizedText ArchiveOne = new("Archive {0}", "Arsipkan {0}");
    public static readonly LocalizedText ArchiveTitle = new("Archive {0}?", "Arsipkan {0}?");
    public static readonly LocalizedText ArchiveWhy = new(
        "Its people can no longer sign in, and its camera keys stop working at once. Its evidence is kept. This cannot be undone.",
        "Penggunanya tidak dapat masuk lagi, dan kunci kameranya langsung tidak berlaku. Buktinya tetap disimpan. "
        + "Tindakan ini tidak dapat diurungkan.");
}
