using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Companies;

public static class CompanyWords
{
    public static readonly Words Title = new("Companies", "Perusahaan");
    public static readonly Words Add = new("Add company", "Tambah perusahaan");
    public static readonly Words None = new("No companies yet", "Belum ada perusahaan");
    public static readonly Words NoneWhy = new("Each has cameras and people of its own, and sees nothing of the others.", "Masing-masing punya kamera dan pengguna sendiri, dan tidak melihat milik yang lain.");
    public static readonly Words AddTitle = new("Add a company", "Tambah perusahaan");
    public static readonly Words RenameTitle = new("Rename {0}", "Ganti nama {0}");
    public static readonly Words Number = new("Number", "Nomor");
    public static readonly Words Cameras = new("Cameras", "Kamera");
    public static readonly Words Archive = new("Archive", "Arsipkan");
    public static readonly Words ArchiveOne = new("Archive {0}", "Arsipkan {0}");
    public static readonly Words ArchiveTitle = new("Archive {0}?", "Arsipkan {0}?");
    public static readonly Words ArchiveWhy = new("Its people and camera keys stop working at once. Its evidence stays. This cannot be taken back.", "Pengguna dan kunci kameranya langsung berhenti. Buktinya tetap ada. Ini tidak dapat dibatalkan.");
}
