using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Watch;

public static class WatchWords
{
    public static readonly Words Title = new("Watch", "Pantau");
    public static readonly Words AllCalm = new("All calm", "Semua tenang");
    public static readonly Words AllCalmWhy = new("Nothing waits for a decision. New anomalies appear here by themselves.", "Tidak ada yang menunggu keputusan. Anomali baru muncul di sini dengan sendirinya.");
    public static readonly Words Deaf = new("Nothing is heard now", "Tidak ada yang terdengar sekarang");
    public static readonly Words DeafWhy = new("Whether something waits is not known until the connection is back.", "Belum diketahui apakah ada yang menunggu sampai koneksi kembali.");
    public static readonly Words NothingInHand = new("Nothing in hand", "Tidak ada yang ditangani");
    public static readonly Words NothingInHandWhy = new("What you or a colleague takes on with A is kept here until it is called confirmed or a false alarm.", "Yang Anda atau rekan tangani dengan A disimpan di sini sampai dinyatakan benar atau alarm palsu.");
    public static readonly Words New = new("New", "Baru");
    public static readonly Words InHand = new("In hand", "Ditangani");
    public static readonly Words GravestFirst = new("Gravest first", "Terparah dulu");
    public static readonly Words NewestFirst = new("Newest first", "Terbaru dulu");
    public static readonly Words Mute = new("Mute the sound", "Matikan suara");
    public static readonly Words Unmute = new("Sound on", "Nyalakan suara");
    public static readonly Words Queue = new("Anomalies that wait", "Anomali yang menunggu");
    public static readonly Words CameraNumber = new("Camera {0}", "Kamera {0}");
    public static readonly Words Sure = new("{0} sure", "yakin {0}");
    public static readonly Words Rarity = new("{0}× rarer than the alarm line", "{0}× lebih langka dari batas alarm");
    public static readonly Words Grave = new("Grave", "Parah");
    public static readonly Words Notable = new("Notable", "Perlu dilihat");
    public static readonly Words Slight = new("Slight", "Ringan");
    public static readonly Words Times = new("{0} of these", "{0} kejadian");
    public static readonly Words TakeOn = new("Take on", "Tangani");
    public static readonly Words Confirm = new("Confirmed", "Benar");
    public static readonly Words FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly Words Normal = new("Normal here", "Wajar di sini");
    public static readonly Words NormalWhat = new("A false alarm, and the camera learns not to raise it again", "Alarm palsu, dan kamera belajar tidak mengangkatnya lagi");
    public static readonly Words NormalWithoutClip = new("Its clip is not known: there is nothing that the camera could learn.", "Klipnya tidak diketahui: tidak ada yang bisa dipelajari kamera.");
    public static readonly Words NormalTitle = new("Is this normal here?", "Apakah ini wajar di sini?");
    public static readonly Words NormalWhy = new(
        "“{0}”, {1}: it is called a false alarm, and the camera's scene detector learns that such is normal there. What is learned cannot be taken back.",
        "“{0}”, {1}: dinyatakan alarm palsu, dan detektor adegan kamera belajar bahwa yang seperti ini wajar di sana. Yang sudah dipelajari tidak dapat diurungkan.");
    public static readonly Words NormalYes = new("Yes, it is normal", "Ya, ini wajar");
    public static readonly Words SaidNormal = new("Normal here: {0}, {1}. The camera learns it.", "Wajar di sini: {0}, {1}. Kamera mempelajarinya.");
    public static readonly Words All = new("all {0}", "semua {0}");
    public static readonly Words SaidTakenOn = new("Taken on: {0}, {1}", "Ditangani: {0}, {1}");
    public static readonly Words SaidConfirmed = new("Confirmed: {0}, {1}", "Benar: {0}, {1}");
    public static readonly Words SaidFalse = new("False alarm: {0}, {1}", "Alarm palsu: {0}, {1}");
    public static readonly Words Undo = new("Undo", "Urungkan");
    public static readonly Words Undone = new("Taken back", "Diurungkan");
    public static readonly Words NothingToUndo = new("There is nothing to take back", "Tidak ada yang dapat diurungkan");
    public static readonly Words Back = new("Back to the queue", "Kembali ke antrean");
    public static readonly Words Lost = new("The connection is lost since {0}. New anomalies do not appear until it is back; trying again.", "Koneksi terputus sejak {0}. Anomali baru tidak muncul sampai tersambung; sedang dicoba lagi.");
    public static readonly Words IsBack = new("The connection is back. Nothing was missed.", "Koneksi kembali. Tidak ada yang terlewat.");
    public static readonly Words IsBackWith = new("The connection is back. {0} came in the meantime.", "Koneksi kembali. {0} masuk selama itu.");
    public static readonly Words Understood = new("Understood", "Mengerti");
    public static readonly Words MoreInHistory = new("Only the newest {0} are here; older ones are in History.", "Hanya {0} terbaru di sini; yang lebih lama ada di Riwayat.");
    public static readonly Words PickOne = new("Choose an anomaly", "Pilih anomali");
    public static readonly Words PickOneWhy = new("J and K go through the queue.", "J dan K menelusuri antrean.");
    public static readonly Words Before = new("Before", "Sebelum");
    public static readonly Words ThisClip = new("This clip", "Klip ini");
    public static readonly Words After = new("After", "Sesudah");
    public static readonly Words Around = new("Around it, from the same camera", "Di sekitarnya, dari kamera yang sama");
    public static readonly Words NoneAround = new("Nothing else was recorded in these minutes.", "Tidak ada rekaman lain pada menit-menit ini.");
    public static readonly Words ByModel = new("The model {0} is {1} sure that this is “{2}”, from second {3} to {4} of the clip.", "Model {0} yakin {1} bahwa ini “{2}”, dari detik {3} sampai {4} klip.");
    public static readonly Words ByModelPlain = new("The model is {0} sure that this is “{1}”.", "Model yakin {0} bahwa ini “{1}”.");
    public static readonly Words InHistory = new("This day in History", "Hari ini di Riwayat");
    public static readonly Words KeyNext = new("Next card", "Kartu berikut");
    public static readonly Words KeyPrevious = new("Card before", "Kartu sebelumnya");
    public static readonly Words KeyPlay = new("Play, pause", "Putar, jeda");
    public static readonly Words KeySeek = new("A second back, forth", "Sedetik mundur, maju");
    public static readonly Words KeyMute = new("Sound on, off", "Suara nyala, mati");
    public static readonly Words WaitingFor = new("waiting {0}", "menunggu {0}");
    public static readonly Words Live = new("Live", "Langsung");
    public static readonly Words LostShort = new("Not connected", "Terputus");
}

/// <summary>What detectors call things, for people.</summary>
public static class LabelWords
{
    private static readonly Dictionary<string, Words> s_known = new(StringComparer.OrdinalIgnoreCase)
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
    public static string Label(this Speech speech, string type)
    {
        if (s_known.TryGetValue(type, out var words))
            return speech[words];
        var plain = type.Replace('_', ' ').Trim();
        return plain.Length == 0 ? type : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
