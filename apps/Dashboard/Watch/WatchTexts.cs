using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

public static class WatchTexts
{
    public static readonly LocalizedText Title = new("Watch", "Pantau");
    public static readonly LocalizedText AllCalm = new("All calm", "Semua tenang");
    public static readonly LocalizedText AllCalmWhy = new("Nothing waits for a decision. New anomalies appear here by themselves.", "Tidak ada yang menunggu keputusan. Anomali baru muncul di sini dengan sendirinya.");
    public static readonly LocalizedText Deaf = new("Nothing is heard now", "Tidak ada yang terdengar sekarang");
    public static readonly LocalizedText DeafWhy = new("Whether something waits is not known until the connection is back.", "Belum diketahui apakah ada yang menunggu sampai koneksi kembali.");
    public static readonly LocalizedText NothingInHand = new("Nothing in hand", "Tidak ada yang ditangani");
    public static readonly LocalizedText NothingInHandWhy = new("What you or a colleague takes on with A is kept here until it is called confirmed or a false alarm.", "Yang Anda atau rekan tangani dengan A disimpan di sini sampai dinyatakan benar atau alarm palsu.");
    public static readonly LocalizedText New = new("New", "Baru");
    public static readonly LocalizedText InHand = new("In hand", "Ditangani");
    public static readonly LocalizedText GravestFirst = new("Gravest first", "Terparah dulu");
    public static readonly LocalizedText NewestFirst = new("Newest first", "Terbaru dulu");
    public static readonly LocalizedText Mute = new("Mute the sound", "Matikan suara");
    public static readonly LocalizedText Unmute = new("Sound on", "Nyalakan suara");
    public static readonly LocalizedText Queue = new("Anomalies that wait", "Anomali yang menunggu");
    public static readonly LocalizedText CameraNumber = new("Camera {0}", "Kamera {0}");
    public static readonly LocalizedText Sure = new("{0} sure", "yakin {0}");
    public static readonly LocalizedText Rarity = new("{0}× rarer than the alarm line", "{0}× lebih langka dari batas alarm");
    public static readonly LocalizedText Grave = new("Grave", "Parah");
    public static readonly LocalizedText Notable = new("Notable", "Perlu dilihat");
    public static readonly LocalizedText Slight = new("Slight", "Ringan");
    public static readonly LocalizedText Times = new("{0} of these", "{0} kejadian");
    public static readonly LocalizedText TakeOn = new("Take on", "Tangani");
    public static readonly LocalizedText Confirm = new("Confirmed", "Benar");
    public static readonly LocalizedText FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly LocalizedText Normal = new("Normal here", "Wajar di sini");
    public static readonly LocalizedText NormalWhat = new("A false alarm, and the camera learns not to raise it again", "Alarm palsu, dan kamera belajar tidak mengangkatnya lagi");
    public static readonly LocalizedText NormalWithoutClip = new("Its clip is not known: there is nothing that the camera could learn.", "Klipnya tidak diketahui: tidak ada yang bisa dipelajari kamera.");
    public static readonly LocalizedText NormalTitle = new("Is this normal here?", "Apakah ini wajar di sini?");
    public static readonly LocalizedText NormalWhy = new(
        "“{0}”, {1}: it is called a false alarm, and the camera's scene detector learns that such is normal there. What is learned cannot be taken back.",
        "“{0}”, {1}: dinyatakan alarm palsu, dan detektor adegan kamera belajar bahwa yang seperti ini wajar di sana. Yang sudah dipelajari tidak dapat diurungkan.");
    public static readonly LocalizedText NormalYes = new("Yes, it is normal", "Ya, ini wajar");
    public static readonly LocalizedText SaidNormal = new("Normal here: {0}, {1}. The camera learns it.", "Wajar di sini: {0}, {1}. Kamera mempelajarinya.");
    public static readonly LocalizedText All = new("all {0}", "semua {0}");
    public static readonly LocalizedText SaidTakenOn = new("Taken on: {0}, {1}", "Ditangani: {0}, {1}");
    public static readonly LocalizedText SaidConfirmed = new("Confirmed: {0}, {1}", "Benar: {0}, {1}");
    public static readonly LocalizedText SaidFalse = new("False alarm: {0}, {1}", "Alarm palsu: {0}, {1}");
    public static readonly LocalizedText Undo = new("Undo", "Urungkan");
    public static readonly LocalizedText Undone = new("Taken back", "Diurungkan");
    public static readonly LocalizedText NothingToUndo = new("There is nothing to take back", "Tidak ada yang dapat diurungkan");
    public static readonly LocalizedText Back = new("Back to the queue", "Kembali ke antrean");
    public static readonly LocalizedText Lost = new("The connection is lost since {0}. New anomalies do not appear until it is back; trying again.", "Koneksi terputus sejak {0}. Anomali baru tidak muncul sampai tersambung; sedang dicoba lagi.");
    public static readonly LocalizedText IsBack = new("The connection is back. Nothing was missed.", "Koneksi kembali. Tidak ada yang terlewat.");
    public static readonly LocalizedText IsBackWith = new("The connection is back. {0} came in the meantime.", "Koneksi kembali. {0} masuk selama itu.");
    public static readonly LocalizedText Understood = new("Understood", "Mengerti");
    public static readonly LocalizedText MoreInHistory = new("Only the newest {0} are here; older ones are in History.", "Hanya {0} terbaru di sini; yang lebih lama ada di Riwayat.");
    public static readonly LocalizedText PickOne = new("Choose an anomaly", "Pilih anomali");
    public static readonly LocalizedText PickOneWhy = new("J and K go through the queue.", "J dan K menelusuri antrean.");
    public static readonly LocalizedText Before = new("Before", "Sebelum");
    public static readonly LocalizedText ThisClip = new("This clip", "Klip ini");
    public static readonly LocalizedText After = new("After", "Sesudah");
    public static readonly LocalizedText Around = new("Around it, from the same camera", "Di sekitarnya, dari kamera yang sama");
    public static readonly LocalizedText NoneAround = new("Nothing else was recorded in these minutes.", "Tidak ada rekaman lain pada menit-menit ini.");
    public static readonly LocalizedText ByModel = new("The model {0} is {1} sure that this is “{2}”, from second {3} to {4} of the clip.", "Model {0} yakin {1} bahwa ini “{2}”, dari detik {3} sampai {4} klip.");
    public static readonly LocalizedText ByModelPlain = new("The model is {0} sure that this is “{1}”.", "Model yakin {0} bahwa ini “{1}”.");
    public static readonly LocalizedText InHistory = new("This day in History", "Hari ini di Riwayat");
    public static readonly LocalizedText KeyNext = new("Next card", "Kartu berikut");
    public static readonly LocalizedText KeyPrevious = new("Card before", "Kartu sebelumnya");
    public static readonly LocalizedText KeyPlay = new("Play, pause", "Putar, jeda");
    public static readonly LocalizedText KeySeek = new("A second back, forth", "Sedetik mundur, maju");
    public static readonly LocalizedText KeyMute = new("Sound on, off", "Suara nyala, mati");
    public static readonly LocalizedText WaitingFor = new("waiting {0}", "menunggu {0}");
    public static readonly LocalizedText Live = new("Live", "Langsung");
    public static readonly LocalizedText LostShort = new("Not connected", "Terputus");
}

/// <summary>What detectors call things, for people.</summary>
public static class LabelTexts
{
    private static readonly Dictionary<string, LocalizedText> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["anomaly"] = new("Anomaly", "Anomali"),
        ["abuse"] = new("Abuse", "Kekerasan"),
        ["accident"] = new("Accident", "Kecelakaan"),
        ["assault"] = new("Assault", "Penyerangan"),
        ["burglary"] = new("Burglary", "Pembobolan"),
        ["direction"] = new("Unusual direction", "Arah tidak biasa"),
        ["explosion"] = new("Explosion", "Ledakan"),
        ["fall"] = new("Fall", "Jatuh"),
        ["fighting"] = new("Fighting", "Perkelahian"),
        ["fire"] = new("Fire", "Kebakaran"),
        ["place"] = new("Unusual place", "Tempat tidak biasa"),
        ["robbery"] = new("Robbery", "Perampokan"),
        ["scene"] = new("Unusual scene", "Adegan tidak biasa"),
        ["shooting"] = new("Shooting", "Penembakan"),
        ["shoplifting"] = new("Shoplifting", "Pengutilan"),
        ["size"] = new("Unusual size", "Ukuran tidak biasa"),
        ["speed"] = new("Unusual speed", "Kecepatan tidak biasa"),
        ["stealing"] = new("Stealing", "Pencurian"),
        ["unusual"] = new("Unusual", "Tidak biasa"),
        ["vandalism"] = new("Vandalism", "Perusakan"),
        ["violence"] = new("Violence", "Kekerasan"),
    };

    /// <summary>Known words in the reader's language; others as the model has them, without its underlines.</summary>
    public static string Label(this Localizer localizer, string type)
    {
        if (s_known.TryGetValue(type, out var words))
            return localizer[words];
        var plain = type.Replace('_', ' ').Trim();
        return plain.Length == 0 ? type : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
