using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>What the administrator's pages say alike.</summary>
public static class AdminTexts
{
    public static readonly LocalizedText Save = new("Save", "Simpan");
    public static readonly LocalizedText Saving = new("Saving…", "Menyimpan…");
    public static readonly LocalizedText Saved = new("Saved.", "Tersimpan.");
    public static readonly LocalizedText Reload = new("Reload, keep what I typed", "Muat ulang, simpan ketikan saya");
    public static readonly LocalizedText Reread = new("Look at it again", "Lihat kembali");
    public static readonly LocalizedText Reloaded = new("Reloaded. What you typed is still here; look over it and save.", "Dimuat ulang. Ketikan Anda masih ada; periksa lalu simpan.");
    public static readonly LocalizedText Cancel = new("Cancel", "Batal");
    public static readonly LocalizedText Edit = new("Edit", "Ubah");
    public static readonly LocalizedText EditOne = new("Edit {0}", "Ubah {0}");
    public static readonly LocalizedText Delete = new("Delete", "Hapus");
    public static readonly LocalizedText DeleteOne = new("Delete {0}", "Hapus {0}");
    public static readonly LocalizedText Copy = new("Copy", "Salin");
    public static readonly LocalizedText Copied = new("Copied", "Tersalin");
    public static readonly LocalizedText CopyByHand = new("The browser does not let the page copy. Select the text and copy it.", "Peramban tidak mengizinkan penyalinan. Pilih teksnya lalu salin.");
    public static readonly LocalizedText Search = new("Search", "Cari");
    public static readonly LocalizedText Company = new("Company", "Perusahaan");
    public static readonly LocalizedText AllCompanies = new("All companies", "Semua perusahaan");
    public static readonly LocalizedText ChooseCompany = new("Choose a company", "Pilih perusahaan");
    public static readonly LocalizedText CompanyNumber = new("Company {0}", "Perusahaan {0}");
    public static readonly LocalizedText NoCompany = new("All", "Semua");
    public static readonly LocalizedText Name = new("Name", "Nama");
    public static readonly LocalizedText Since = new("Since", "Sejak");
    public static readonly LocalizedText Actions = new("Actions", "Tindakan");
    public static readonly LocalizedText Optional = new("May stay empty.", "Boleh kosong.");
    public static readonly LocalizedText NothingFound = new("Nothing matches", "Tidak ada yang cocok");
    public static readonly LocalizedText NothingFoundWhy = new("Take another word, or clear the search.", "Gunakan kata lain, atau kosongkan pencarian.");
    public static readonly LocalizedText More = new("Show more", "Tampilkan lagi");
    public static readonly LocalizedText Never = new("never", "belum pernah");
}
