using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Operations;

/// <summary>Texts of the system page.</summary>
public static class SystemTexts
{
    public static readonly LocalizedText Title = new("System", "Sistem");
    public static readonly LocalizedText Build = new("Version {0}", "Versi {0}");
    public static readonly LocalizedText Health = new("Services", "Layanan");
    public static readonly LocalizedText Fine = new("OK", "Normal");
    public static readonly LocalizedText NotConfigured = new("not configured", "belum dikonfigurasi");
    public static readonly LocalizedText DiskFree = new("{0} of {1} free", "{0} dari {1} kosong");
    public static readonly LocalizedText Backend = new("Backend", "Backend");
    public static readonly LocalizedText Ingestion = new("Ingestion", "Penerima klip");
    public static readonly LocalizedText Push = new("Push notifications", "Notifikasi push");
    public static readonly LocalizedText Media = new("Media server", "Server media");
    public static readonly LocalizedText Database = new("Database", "Basis data");
    public static readonly LocalizedText Broker = new("Broker", "Broker");
    public static readonly LocalizedText Storage = new("Storage", "Penyimpanan");
    public static readonly LocalizedText Disk = new("Disk", "Disk");

    public static readonly LocalizedText Latency = new(
        "Time from arrival to report, last 24 hours", "Waktu dari klip tiba sampai laporan, 24 jam terakhir");
    public static readonly LocalizedText LatencyNone = new(
        "No clips were analysed in the last 24 hours.", "Tidak ada klip yang dianalisis dalam 24 jam terakhir.");
    public static readonly LocalizedText LatencyLegend = new("{0}: {1} s", "{0}: {1} dtk");
    public static readonly LocalizedText LatencyTable = new("Show as a table", "Tampilkan sebagai tabel");
    public static readonly LocalizedText LatencyPicture = new(
        "In the latest quarter of an hour, half of the clips took up to {0} s, 95 of 100 up to {1} s and 99 of 100 up to {2} s.",
        "Pada seperempat jam terakhir, separuh klip selesai dalam {0} dtk, 95 dari 100 dalam {1} dtk, dan 99 dari 100 dalam {2} dtk.");
    public static readonly LocalizedText Now = new("now", "sekarang");
    public static readonly LocalizedText Reports = new("Reports", "Laporan");
    public static readonly LocalizedText PointTitle = new(
        "{0} · reports: {1} · p50 {2} s · p95 {3} s · p99 {4} s", "{0} · laporan: {1} · p50 {2} dtk · p95 {3} dtk · p99 {4} dtk");

    public static readonly LocalizedText Queues = new("Queues", "Antrean");
    public static readonly LocalizedText Queue = new("Queue", "Antrean");
    public static readonly LocalizedText Depth = new("Waiting", "Menunggu");
    public static readonly LocalizedText InProgress = new("In progress", "Diproses");
    public static readonly LocalizedText Age = new("Oldest", "Tertua");
    public static readonly LocalizedText Dead = new("Dead letters", "Gagal");
    public static readonly LocalizedText QueuesNone = new("No queues.", "Tidak ada antrean.");

    public static readonly LocalizedText Workers = new("Workers", "Worker");
    public static readonly LocalizedText WorkersNone = new(
        "No worker has been seen in the last day: clips are waiting.",
        "Tidak ada worker yang terlihat dalam sehari terakhir: klip menunggu.");
    public static readonly LocalizedText Seen = new("Last seen", "Terakhir aktif");
    public static readonly LocalizedText LastClip = new("Last clip", "Klip terakhir");
    public static readonly LocalizedText ClipsHour = new("Clips, last hour", "Klip sejam terakhir");
    public static readonly LocalizedText NotReady = new("not ready: {0}", "belum siap: {0}");

    public static readonly LocalizedText Letters = new("Dead letters", "Pesan gagal");
    public static readonly LocalizedText LettersWhy = new(
        "Messages that could not be processed, oldest first. Fix the cause, then requeue them.",
        "Pesan yang gagal diproses, yang tertua dulu. Perbaiki penyebabnya, lalu antrekan ulang.");
    public static readonly LocalizedText LettersNone = new("No dead letters.", "Tidak ada pesan gagal.");
    public static readonly LocalizedText ReplayAll = new("Requeue all", "Antrekan ulang semua");
    public static readonly LocalizedText Replay = new("Requeue", "Antrekan ulang");
    public static readonly LocalizedText ReplayOne = new("Requeue: {0}", "Antrekan ulang: {0}");
    public static readonly LocalizedText Drop = new("Discard", "Buang");
    public static readonly LocalizedText DropOne = new("Discard: {0}", "Buang: {0}");
    public static readonly LocalizedText DropTitle = new("Discard this message?", "Buang pesan ini?");
    public static readonly LocalizedText DropWhy = new(
        "It is deleted for good. If it is the task to analyse a clip, that clip will not be analysed.",
        "Pesan dihapus selamanya. Jika pesan ini tugas untuk menganalisis sebuah klip, klip itu tidak akan dianalisis.");
    public static readonly LocalizedText ReplayedOne = new("{0} message requeued.", "{0} pesan diantrekan ulang.");
    public static readonly LocalizedText Replayed = new("{0} messages requeued.", "{0} pesan diantrekan ulang.");
    public static readonly LocalizedText TriedOnce = new("{0} attempt, failed {1}", "{0} kali dicoba, gagal {1}");
    public static readonly LocalizedText Tries = new("{0} attempts, failed {1}", "{0} kali dicoba, gagal {1}");
    public static readonly LocalizedText Camera = new("Camera {0}", "Kamera {0}");
    public static readonly LocalizedText Message = new("Message", "Pesan");
    public static readonly LocalizedText NotProvided = new(
        "This server does not provide this information yet.", "Server ini belum menyediakan informasi ini.");
}
