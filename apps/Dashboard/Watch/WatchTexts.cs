using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Texts of the watch page.</summary>
public static class WatchTexts
{
    public static readonly LocalizedText Title = new("Watch", "Pantau");
    public static readonly LocalizedText AllClear = new("All clear", "Semua aman");
    public static readonly LocalizedText AllClearWhy = new(
        "Nothing is waiting for a decision. New anomalies appear here automatically.",
        "Tidak ada yang menunggu keputusan. Anomali baru muncul di sini secara otomatis.");
    public static readonly LocalizedText NoConnection = new("No connection", "Tidak ada koneksi");
    public static readonly LocalizedText NoConnectionWhy = new(
        "New anomalies cannot be shown until the connection is back.", "Anomali baru tidak dapat ditampilkan sampai koneksi pulih.");
    public static readonly LocalizedText NothingInProgress = new("Nothing in progress", "Tidak ada yang sedang ditangani");
    public static readonly LocalizedText NothingInProgressWhy = new(
        "Anomalies that you or a colleague acknowledge with A stay here until they are confirmed or called false alarms.",
        "Anomali yang Anda atau rekan Anda tangani dengan A tetap di sini sampai dinyatakan terkonfirmasi atau alarm palsu.");
    public static readonly LocalizedText New = new("New", "Baru");
    public static readonly LocalizedText InProgress = new("In progress", "Ditangani");
    public static readonly LocalizedText HighestSeverityFirst = new("Highest severity first", "Paling gawat dulu");
    public static readonly LocalizedText NewestFirst = new("Newest first", "Terbaru dulu");
    public static readonly LocalizedText Mute = new("Mute sound", "Matikan suara");
    public static readonly LocalizedText Unmute = new("Turn sound on", "Nyalakan suara");
    public static readonly LocalizedText Queue = new("Anomaly queue", "Antrean anomali");
    public static readonly LocalizedText CameraNumber = new("Camera {0}", "Kamera {0}");
    public static readonly LocalizedText Confidence = new("{0} confidence", "keyakinan {0}");
    public static readonly LocalizedText Critical = new("Critical", "Gawat");
    public static readonly LocalizedText Medium = new("Medium", "Sedang");
    public static readonly LocalizedText Low = new("Low", "Ringan");
    public static readonly LocalizedText Times = new("{0} similar anomalies", "{0} anomali serupa");
    public static readonly LocalizedText Acknowledge = new("Acknowledge", "Tangani");
    public static readonly LocalizedText Confirmed = new("Confirmed", "Terkonfirmasi");
    public static readonly LocalizedText FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly LocalizedText Normal = new("Normal here", "Wajar di sini");
    public static readonly LocalizedText NormalWhat = new(
        "False alarm, and the camera learns not to raise it again", "Alarm palsu, dan kamera belajar tidak memunculkannya lagi");
    public static readonly LocalizedText NormalWithoutClip = new(
        "The clip is not known, so the camera cannot learn from it.", "Klipnya tidak diketahui, jadi kamera tidak dapat mempelajarinya.");
    public static readonly LocalizedText NormalTitle = new("Is this normal here?", "Apakah ini wajar di sini?");
    public static readonly LocalizedText NormalWhy = new(
        "“{0}”, {1}: it becomes a false alarm, and the camera's scene detector learns that this is normal there. "
        + "This cannot be undone.",
        "“{0}”, {1}: dinyatakan alarm palsu, dan detektor adegan kamera belajar bahwa hal ini wajar di sana. "
        + "Tindakan ini tidak dapat diurungkan.");
    public static readonly LocalizedText NormalYes = new("Yes, it is normal", "Ya, ini wajar");
    public static readonly LocalizedText SaidNormal = new(
        "Normal here: {0}, {1}. The camera is learning it.", "Wajar di sini: {0}, {1}. Kamera sedang mempelajarinya.");
    public static readonly LocalizedText All = new("all {0}", "semua {0}");
    public static readonly LocalizedText SaidAcknowledged = new("Acknowledged: {0}, {1}", "Ditangani: {0}, {1}");
    public static readonly LocalizedText SaidConfirmed = new("Confirmed: {0}, {1}", "Terkonfirmasi: {0}, {1}");
    public static readonly LocalizedText SaidFalse = new("False alarm: {0}, {1}", "Alarm palsu: {0}, {1}");
    public static readonly LocalizedText Undo = new("Undo", "Urungkan");
    public static readonly LocalizedText Undone = new("Decision undone", "Keputusan diurungkan");
    public static readonly LocalizedText NothingToUndo = new("Nothing to undo", "Tidak ada yang dapat diurungkan");
    public static readonly LocalizedText Back = new("Back to the queue", "Kembali ke antrean");
    public static readonly LocalizedText Lost = new(
        "Connection lost at {0}. New anomalies do not appear until it is back. Reconnecting…",
        "Koneksi terputus sejak {0}. Anomali baru tidak muncul sampai koneksi pulih. Menyambungkan kembali…");
    public static readonly LocalizedText IsBack = new(
        "Connected again. Nothing was missed.", "Tersambung kembali. Tidak ada yang terlewat.");
    public static readonly LocalizedText IsBackWithOne = new(
        "Connected again. {0} anomaly arrived in the meantime.", "Tersambung kembali. {0} anomali masuk sementara itu.");
    public static readonly LocalizedText IsBackWith = new(
        "Connected again. {0} anomalies arrived in the meantime.", "Tersambung kembali. {0} anomali masuk sementara itu.");
    public static readonly LocalizedText Dismiss = new("OK", "Oke");
    public static readonly LocalizedText MoreInHistory = new(
        "Only the newest {0} are shown; older ones are in History.", "Hanya {0} terbaru yang ditampilkan; yang lebih lama ada di Riwayat.");
    public static readonly LocalizedText PickOne = new("Choose an anomaly", "Pilih anomali");
    public static readonly LocalizedText PickOneWhy = new("J and K move through the queue.", "J dan K menelusuri antrean.");
    public static readonly LocalizedText Before = new("Before", "Sebelum");
    public static readonly LocalizedText ThisClip = new("This clip", "Klip ini");
    public static readonly LocalizedText After = new("After", "Sesudah");
    public static readonly LocalizedText Around = new("Before and after, same camera", "Sebelum dan sesudah, kamera yang sama");
    public static readonly LocalizedText NoneAround = new(
        "Nothing else was recorded around this time.", "Tidak ada rekaman lain di sekitar waktu ini.");
    public static readonly LocalizedText ByModel = new(
        "Model {0} detected “{2}” with {1} confidence, from second {3} to second {4} of the clip.",
        "Model {0} mendeteksi “{2}” dengan keyakinan {1}, dari detik {3} sampai detik {4} klip.");
    public static readonly LocalizedText ByModelPlain = new(
        "The model detected “{1}” with {0} confidence.", "Model mendeteksi “{1}” dengan keyakinan {0}.");
    public static readonly LocalizedText InHistory = new("This day in History", "Tanggal ini di Riwayat");
    public static readonly LocalizedText KeyNext = new("Next card", "Kartu berikutnya");
    public static readonly LocalizedText KeyPrevious = new("Previous card", "Kartu sebelumnya");
    public static readonly LocalizedText KeyPlay = new("Play or pause", "Putar atau jeda");
    public static readonly LocalizedText KeySeek = new("Back or forward one second", "Mundur atau maju satu detik");
    public static readonly LocalizedText KeyMute = new("Sound on or off", "Suara nyala atau mati");
    public static readonly LocalizedText Live = new("Live", "Langsung");
    public static readonly LocalizedText LostShort = new("Not connected", "Terputus");
}
