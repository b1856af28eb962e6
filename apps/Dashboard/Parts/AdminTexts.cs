using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>Texts that the administration pages share.</summary>
public static class AdminTexts
{
    public static readonly LocalizedText Save = new("Save", "Simpan");
    public static readonly LocalizedText Saving = new("Saving…", "Menyimpan…");
    public static readonly LocalizedText Saved = new("Saved.", "Tersimpan.");
    public static readonly LocalizedText Reload = new("Reload, keep my changes", "Muat ulang, pertahankan perubahan saya");
    public static readonly LocalizedText Reread = new("Reload", "Muat ulang");
    public static readonly LocalizedText Reloaded = new(
        "Reloaded. Your changes are kept: check them, then save.",
        "Sudah dimuat ulang. Perubahan Anda dipertahankan: periksa, lalu simpan.");
    public static readonly LocalizedText Cancel = new("Cancel", "Batal");
    public static readonly LocalizedText Edit = new("Edit", "Ubah");
    public static readonly LocalizedText EditOne = new("Edit {0}", "Ubah {0}");
    public static readonly LocalizedText Delete = new("Delete", "Hapus");
    public static readonly LocalizedText DeleteOne = new("Delete {0}", "Hapus {0}");
    public static readonly LocalizedText Copy = new("Copy", "Salin");
    public static readonly LocalizedText Copied = new("Copied", "Tersalin");
    public static readonly LocalizedText CopyByHand = new(
        "The browser does not allow this page to copy. Select the text and copy it yourself.",
        "Peramban tidak mengizinkan halaman ini menyalin. Pilih teksnya, lalu salin sendiri.");
    public static readonly LocalizedText Search = new("Search", "Cari");
    public static readonly LocalizedText Company = new("Company", "Perusahaan");
    public static readonly LocalizedText ChooseCompany = new("Choose a company", "Pilih perusahaan");
    public static readonly LocalizedText CompanyNumber = new("Company {0}", "Perusahaan {0}");
    public static readonly LocalizedText Name = new("Name", "Nama");
    public static readonly LocalizedText Since = new("Added", "Ditambahkan");
    public static readonly LocalizedText Actions = new("Actions", "Tindakan");
    public static readonly LocalizedText Optional = new("Optional.", "Opsional.");
    public static readonly LocalizedText NothingFound = new("No matches", "Tidak ada yang cocok");
    public static readonly LocalizedText NothingFoundWhy = new(
        "Try another word, or clear the search.", "Coba kata lain, atau kosongkan pencarian.");
    public static readonly LocalizedText More = new("Show more", "Tampilkan lebih banyak");
    public static readonly LocalizedText Never = new("never", "belum pernah");
}
