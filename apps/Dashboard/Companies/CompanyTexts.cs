using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Companies;

public static class CompanyTexts
{
    public static readonly LocalizedText Title = new("Companies", "Perusahaan");
    public static readonly LocalizedText Add = new("Add company", "Tambah perusahaan");
    public static readonly LocalizedText None = new("No companies yet", "Belum ada perusahaan");
    public static readonly LocalizedText NoneWhy = new("Each has cameras and people of its own, and sees nothing of the others.", "Masing-masing punya kamera dan pengguna sendiri, dan tidak melihat milik yang lain.");
    public static readonly LocalizedText AddTitle = new("Add a company", "Tambah perusahaan");
    public static readonly LocalizedText RenameTitle = new("Rename {0}", "Ganti nama {0}");
    public static readonly LocalizedText Number = new("Number", "Nomor");
    public static readonly LocalizedText Cameras = new("Cameras", "Kamera");
    public static readonly LocalizedText Archive = new("Archive", "Arsipkan");
    public static readonly LocalizedText ArchiveOne = new("Archive {0}", "Arsipkan {0}");
    public static readonly LocalizedText ArchiveTitle = new("Archive {0}?", "Arsipkan {0}?");
    public static readonly LocalizedText ArchiveWhy = new("Its people and camera keys stop working at once. Its evidence stays. This cannot be taken back.", "Pengguna dan kunci kameranya langsung berhenti. Buktinya tetap ada. Ini tidak dapat dibatalkan.");
}
