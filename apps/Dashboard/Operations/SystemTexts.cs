using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Operations;

public static class SystemTexts
{
    public static readonly LocalizedText Title = new("System", "Sistem");
    public static readonly LocalizedText Build = new("Version {0}", "Versi {0}");
    public static readonly LocalizedText Health = new("Parts", "Bagian");
    public static readonly LocalizedText Fine = new("works", "berfungsi");
    public static readonly LocalizedText NotConfigured = new("not set up", "tidak disiapkan");
    public static readonly LocalizedText DiskFree = new("{0} of {1} free", "{0} dari {1} kosong");
    public static readonly LocalizedText Backend = new("Backend", "Backend");
    public static readonly LocalizedText Ingestion = new("Ingestion", "Penerima klip");
    public static readonly LocalizedText Worker = new("Workers", "Worker");
    public static readonly LocalizedText Push = new("Push", "Notifikasi");
    public static readonly LocalizedText Media = new("Media server", "Server media");
    public static readonly LocalizedText Database = new("Database", "Basis data");
    public static readonly LocalizedText Broker = new("Broker", "Broker");
    public static readonly LocalizedText Storage = new("Storage", "Penyimpanan");
    public static readonly LocalizedText Disk = new("Disk", "Diska");

    public static readonly LocalizedText Latency = new("From a clip's arrival to its report, last 24 hours", "Dari klip tiba sampai laporan, 24 jam terakhir");
    public static readonly LocalizedText LatencyNone = new("No clip was looked at in the last 24 hours.", "Tidak ada klip yang dianalisis dalam 24 jam terakhir.");
    public static readonly LocalizedText LatencyLegend = new("{0}: {1} s", "{0}: {1} dtk");
    public static readonly LocalizedText LatencyTable = new("As a table", "Sebagai tabel");
    public static readonly LocalizedText LatencyPicture = new("Half took up to {0} s, 95 of 100 up to {1} s, 99 of 100 up to {2} s in the newest quarter of an hour.", "Separuh sampai {0} dtk, 95 dari 100 sampai {1} dtk, 99 dari 100 sampai {2} dtk pada seperempat jam terbaru.");
    public static readonly LocalizedText Now = new("now", "kini");
    public static readonly LocalizedText Reports = new("Reports", "Laporan");
    public static readonly LocalizedText PointTitle = new("{0}: {1} clips, p50 {2} s, p95 {3} s, p99 {4} s", "{0}: {1} klip, p50 {2} dtk, p95 {3} dtk, p99 {4} dtk");

    public static readonly LocalizedText Queues = new("Queues", "Antrean");
    public static readonly LocalizedText Queue = new("Queue", "Antrean");
    public static readonly LocalizedText Depth = new("Waiting", "Menunggu");
    public static readonly LocalizedText InHand = new("In hand", "Dikerjakan");
    public static readonly LocalizedText Age = new("Oldest", "Tertua");
    public static readonly LocalizedText Dead = new("Dead", "Gagal");
    public static readonly LocalizedText QueuesNone = new("There are no queues.", "Tidak ada antrean.");

    public static readonly LocalizedText Workers = new("Workers", "Worker");
    public static readonly LocalizedText WorkersNone = new("No worker has been seen for a day: clips wait.", "Tidak ada worker terlihat sehari ini: klip menunggu.");
    public static readonly LocalizedText Seen = new("Seen", "Terlihat");
    public static readonly LocalizedText LastClip = new("Last clip", "Klip terakhir");
    public static readonly LocalizedText ClipsHour = new("Clips in an hour", "Klip per jam");
    public static readonly LocalizedText Version = new("Version", "Versi");
    public static readonly LocalizedText NotReady = new("not ready: {0}", "belum siap: {0}");

    public static readonly LocalizedText Letters = new("Dead letters", "Pesan gagal");
    public static readonly LocalizedText LettersWhy = new("Messages that were given up, oldest first. Mend the reason, then try them again.", "Pesan yang tidak berhasil, tertua dulu. Perbaiki sebabnya, lalu ulangi.");
    public static readonly LocalizedText LettersNone = new("None. Nothing was given up.", "Tidak ada. Semua pesan berhasil.");
    public static readonly LocalizedText ReplayAll = new("Try all again", "Ulangi semua");
    public static readonly LocalizedText Replay = new("Try again", "Ulangi");
    public static readonly LocalizedText ReplayOne = new("Try again: {0}", "Ulangi: {0}");
    public static readonly LocalizedText Drop = new("Drop", "Buang");
    public static readonly LocalizedText DropOne = new("Drop: {0}", "Buang: {0}");
    public static readonly LocalizedText DropTitle = new("Drop this message?", "Buang pesan ini?");
    public static readonly LocalizedText DropWhy = new("It is gone for good. If it is a clip's task, that clip will not be looked at.", "Hilang selamanya. Bila ini tugas sebuah klip, klip itu tidak akan dianalisis.");
    public static readonly LocalizedText Replayed = new("{0} go another round.", "{0} dicoba lagi.");
    public static readonly LocalizedText Tries = new("{0} tries, given up {1}", "{0} kali dicoba, berhenti {1}");
    public static readonly LocalizedText Camera = new("Camera {0}", "Kamera {0}");
    public static readonly LocalizedText Message = new("Message", "Pesan");
    public static readonly LocalizedText Untold = new("This server does not tell it yet.", "Server ini belum menyediakannya.");
}
