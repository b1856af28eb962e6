using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>What the API's problems are called here. One that has no name of ours is told as the API tells it.</summary>
public static class ProblemTexts
{
    private static readonly Dictionary<string, LocalizedText> s_byCode = new(StringComparer.Ordinal)
    {
        ["offline"] = new("The server does not answer. Look at the network, or wait a moment.", "Server tidak menjawab. Periksa jaringan, atau tunggu sebentar."),
        ["session_ended"] = new("Your session has ended.", "Sesi Anda telah berakhir."),
        ["login_refused"] = new("The e-mail or the password is wrong.", "Email atau kata sandi salah."),
        ["approval_pending"] = new("This account waits for an administrator's approval.", "Akun ini menunggu persetujuan administrator."),
        ["too_many_logins"] = new("Too many attempts. Wait a minute and try again.", "Terlalu banyak percobaan. Tunggu satu menit lalu coba lagi."),
        ["anomaly_status"] = new("A colleague has decided otherwise in the meantime.", "Rekan Anda sudah memutuskan lain."),
        ["anomaly_learned"] = new("The camera has learned that it is normal; that cannot be taken back.", "Kamera sudah belajar bahwa itu wajar; tidak dapat diurungkan."),
        ["anomaly_not_found"] = new("There is no such anomaly.", "Anomali itu tidak ada."),
        ["camera_not_found"] = new("There is no such camera.", "Kamera itu tidak ada."),
        ["clip_not_found"] = new("There is no such clip.", "Klip itu tidak ada."),
        ["forbidden"] = new("You may not do this.", "Anda tidak berhak melakukan ini."),
        ["not_found"] = new("There is nothing here.", "Tidak ada apa-apa di sini."),
        ["changed_meanwhile"] = new("Somebody has changed it in the meantime. Look at it again.", "Sudah diubah orang lain. Lihat kembali."),
        ["internal"] = new("Something failed on the server; it has been logged there.", "Ada yang gagal di server; sudah dicatat di sana."),
        ["too_many_streams"] = new("Too many people are watching at once.", "Terlalu banyak yang memantau sekaligus."),
    };

    public static string Tell(this Localizer localizer, Problem problem) =>
        (s_byCode.GetValueOrDefault(problem.Code) ?? FieldProblems.WordsOf(problem.Code)) is { } words ? localizer[words] : problem.Message;
}

public static class StateTexts
{
    public static readonly LocalizedText Loading = new("Loading…", "Memuat…");
    public static readonly LocalizedText Failed = new("This could not be loaded", "Ini tidak dapat dimuat");
    public static readonly LocalizedText Retry = new("Try again", "Coba lagi");
    public static readonly LocalizedText Forbidden = new("This page is not for you", "Halaman ini bukan untuk Anda");
    public static readonly LocalizedText ForbiddenWhy = new("Your role does not include it. An administrator can change that.", "Peran Anda tidak mencakupnya. Administrator dapat mengubahnya.");
    public static readonly LocalizedText Nowhere = new("There is no such page", "Halaman itu tidak ada");
    public static readonly LocalizedText NowhereWhy = new("The address is wrong, or the page has moved.", "Alamatnya salah, atau halamannya sudah pindah.");
    public static readonly LocalizedText ToWatch = new("Go to Watch", "Ke Pantau");
    public static readonly LocalizedText PageFailed = new("This page has failed", "Halaman ini gagal");
    public static readonly LocalizedText PageFailedWhy = new("What you did elsewhere is kept. Load the page again.", "Pekerjaan Anda yang lain tetap tersimpan. Muat ulang halaman.");
}
