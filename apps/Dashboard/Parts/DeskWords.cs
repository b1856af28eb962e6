using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Parts;

/// <summary>What the administrator's pages say alike.</summary>
public static class DeskWords
{
    public static readonly Words Save = new("Save", "Simpan");
    public static readonly Words Saving = new("Saving…", "Menyimpan…");
    public static readonly Words Saved = new("Saved.", "Tersimpan.");
    public static readonly Words Reload = new("Reload, keep what I typed", "Muat ulang, simpan ketikan saya");
    public static readonly Words Reread = new("Look at it again", "Lihat kembali");
    public static readonly Words Reloaded = new("Reloaded. What you typed is still here; look over it and save.", "Dimuat ulang. Ketikan Anda masih ada; periksa lalu simpan.");
    public static readonly Words Cancel = new("Cancel", "Batal");
    public static readonly Words Edit = new("Edit", "Ubah");
    public static readonly Words EditOne = new("Edit {0}", "Ubah {0}");
    public static readonly Words Delete = new("Delete", "Hapus");
    public static readonly Words DeleteOne = new("Delete {0}", "Hapus {0}");
    public static readonly Words Copy = new("Copy", "Salin");
    public static readonly Words Copied = new("Copied", "Tersalin");
    public static readonly Words CopyByHand = new("The browser does not let the page copy. Select the text and copy it.", "Peramban tidak mengizinkan penyalinan. Pilih teksnya lalu salin.");
    public static readonly Words Search = new("Search", "Cari");
    public static readonly Words Company = new("Company", "Perusahaan");
    public static readonly Words AllCompanies = new("All companies", "Semua perusahaan");
    public static readonly Words ChooseCompany = new("Choose a company", "Pilih perusahaan");
    public static readonly Words CompanyNumber = new("Company {0}", "Perusahaan {0}");
    public static readonly Words NoCompany = new("All", "Semua");
    public static readonly Words Name = new("Name", "Nama");
    public static readonly Words Since = new("Since", "Sejak");
    public static readonly Words Actions = new("Actions", "Tindakan");
    public static readonly Words Optional = new("May stay empty.", "Boleh kosong.");
    public static readonly Words NothingFound = new("Nothing matches", "Tidak ada yang cocok");
    public static readonly Words NothingFoundWhy = new("Take another word, or clear the search.", "Gunakan kata lain, atau kosongkan pencarian.");
    public static readonly Words More = new("Show more", "Tampilkan lagi");
    public static readonly Words Never = new("never", "belum pernah");
}
