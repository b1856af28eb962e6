using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>Texts for the API's error codes. A code without a text shows the API's own message.</summary>
public static class ProblemTexts
{
    private static readonly Dictionary<string, LocalizedText> s_byCode = new(StringComparer.Ordinal)
    {
        ["offline"] = new(
            "The server is not responding. Check the network, or wait a moment.",
            "Server tidak merespons. Periksa jaringan, atau tunggu sebentar."),
        ["session_ended"] = new("Your session has ended.", "Sesi Anda sudah berakhir."),
        ["login_refused"] = new("The email or password is wrong.", "Email atau kata sandi salah."),
        ["approval_pending"] = new(
            "This account is waiting for an administrator's approval.", "Akun ini menunggu persetujuan administrator."),
        ["too_many_logins"] = new(
            "Too many attempts. Wait a minute, then try again.", "Terlalu banyak percobaan. Tunggu satu menit, lalu coba lagi."),
        ["anomaly_status"] = new("A colleague has already decided otherwise.", "Rekan Anda sudah mengambil keputusan lain."),
        ["anomaly_learned"] = new(
            "The camera has already learned that this is normal. This cannot be undone.",
            "Kamera sudah belajar bahwa ini wajar. Tindakan ini tidak dapat diurungkan."),
        ["anomaly_not_found"] = new("This anomaly does not exist.", "Anomali ini tidak ada."),
        ["camera_not_found"] = new("This camera does not exist.", "Kamera ini tidak ada."),
        ["clip_not_found"] = new("This clip does not exist.", "Klip ini tidak ada."),
        ["forbidden"] = new("You are not allowed to do this.", "Anda tidak berhak melakukan ini."),
        ["not_found"] = new("Not found.", "Tidak ditemukan."),
        ["changed_meanwhile"] = new(
            "This has changed since you opened it. Reload it, then try again.",
            "Data ini sudah berubah sejak Anda membukanya. Muat ulang, lalu coba lagi."),
        ["internal"] = new(
            "Something went wrong on the server. The error was logged there.", "Terjadi kesalahan di server. Kesalahannya sudah dicatat."),
        ["too_many_streams"] = new("Too many people are watching at once.", "Terlalu banyak orang memantau sekaligus."),
    };

    public static string Tell(this Localizer localizer, Problem problem) =>
        (s_byCode.GetValueOrDefault(problem.Code) ?? FieldProblems.WordsOf(problem.Code)) is { } words ? localizer[words] : problem.Message;
}

/// <summary>Texts of pages that load, fail or are not available.</summary>
public static class StateTexts
{
    public static readonly LocalizedText Loading = new("Loading…", "Memuat…");
    public static readonly LocalizedText Failed = new("Could not load this", "Tidak dapat dimuat");
    public static readonly LocalizedText Retry = new("Try again", "Coba lagi");
    public static readonly LocalizedText Forbidden = new(
        "You do not have access to this page", "Anda tidak memiliki akses ke halaman ini");
    public static readonly LocalizedText ForbiddenWhy = new(
        "Your role does not include it. An administrator can change your role.",
        "Peran Anda tidak mencakup halaman ini. Administrator dapat mengubah peran Anda.");
    public static readonly LocalizedText Nowhere = new("Page not found", "Halaman tidak ditemukan");
    public static readonly LocalizedText NowhereWhy = new(
        "The address is wrong, or the page has moved.", "Alamatnya salah, atau halamannya sudah pindah.");
    public static readonly LocalizedText ToWatch = new("Go to Watch", "Buka Pantau");
    public static readonly LocalizedText PageFailed = new("Something went wrong on this page", "Terjadi kesalahan di halaman ini");
    public static readonly LocalizedText PageFailedWhy = new(
        "Everything that you saved is kept. Try again, or reload the page.",
        "Semua yang sudah Anda simpan tetap aman. Coba lagi, atau muat ulang halaman.");
}
