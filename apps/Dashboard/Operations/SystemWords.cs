using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Operations;

public static class SystemWords
{
    public static readonly Words Title = new("System", "Sistem");
    public static readonly Words Build = new("Version {0}", "Versi {0}");
    public static readonly Words Health = new("Parts", "Bagian");
    public static readonly Words Fine = new("works", "berfungsi");
    public static readonly Words NotConfigured = new("not set up", "tidak disiapkan");
    public static readonly Words DiskFree = new("{0} of {1} free", "{0} dari {1} kosong");
    public static readonly Words Backend = new("Backend", "Backend");
    public static readonly Words Ingestion = new("Ingestion", "Penerima klip");
    public static readonly Words Worker = new("Workers", "Worker");
    public static readonly Words Push = new("Push", "Notifikasi");
    public static readonly Words Media = new("Media server", "Server media");
    public static readonly Words Database = new("Database", "Basis data");
    public static readonly Words Broker = new("Broker", "Broker");
    public static readonly Words Storage = new("Storage", "Penyimpanan");
    public static readonly Words Disk = new("Disk", "Diska");

    public static readonly Words Latency = new("From a clip's arrival to its report, last 24 hours", "Dari klip tiba sampai laporan, 24 jam terakhir");
    public static readonly Words LatencyNone = new("No clip was looked at in the last 24 hours.", "Tidak ada klip yang dianalisis dalam 24 jam terakhir.");
    public static readonly Words LatencyLegend = new("{0}: {1} s", "{0}: {1} dtk");
    public static readonly Words LatencyTable = new("As a table", "Sebagai tabel");
    public static readonly Words LatencyPicture = new("Half took up to {0} s, 95 of 100 up to {1} s, 99 of 100 up to {2} s in the newest quarter of an hour.", "Separuh sampai {0} dtk, 95 dari 100 sampai {1} dtk, 99 dari 100 sampai {2} dtk pada seperempat jam terbaru.");
    public static readonly Words Now = new("now", "kini");
    public static readonly Words Reports = new("Reports", "Laporan");
    public static readonly Words PointTitle = new("{0}: {1} clips, p50 {2} s, p95 {3} s, p99 {4} s", "{0}: {1} klip, p50 {2} dtk, p95 {3} dtk, p99 {4} dtk");

    public static readonly Words Queues = new("Queues", "Antrean");
    public static readonly Words Queue = new("Queue", "Antrean");
    public static readonly Words Depth = new("Waiting", "Menunggu");
    public static readonly Words InHand = new("In hand", "Dikerjakan");
    public static readonly Words Age = new("Oldest", "Tertua");
    public static readonly Words Dead = new("Dead", "Gagal");
    public static readonly Words QueuesNone = new("There are no queues.", "Tidak ada antrean.");

    public static readonly Words Workers = new("Workers", "Worker");
    public static readonly Words WorkersNone = new("No worker has been seen for a day: clips wait.", "Tidak ada worker terlihat sehari ini: klip menunggu.");
    public static readonly Words Seen = new("Seen", "Terlihat");
    public static readonly Words LastClip = new("Last clip", "Klip terakhir");
    public static readonly Words ClipsHour = new("Clips in an hour", "Klip per jam");
    public static readonly Words Version = new("Version", "Versi");
    public static readonly Words NotReady = new("not ready: {0}", "belum siap: {0}");

    public static readonly Words Letters = new("Dead letters", "Pesan gagal");
    public static readonly Words LettersWhy = new("Messages that were given up, oldest first. Mend the reason, then try them again.", "Pesan yang tidak berhasil, tertua dulu. Perbaiki sebabnya, lalu ulangi.");
    public static readonly Words LettersNone = new("None. Nothing was given up.", "Tidak ada. Semua pesan berhasil.");
    public static readonly Words ReplayAll = new("Try all again", "Ulangi semua");
    public static readonly Words Replay = new("Try again", "Ulangi");
    public static readonly Words ReplayOne = new("Try again: {0}", "Ulangi: {0}");
    public static readonly Words Drop = new("Drop", "Buang");
    public static readonly Words DropOne = new("Drop: {0}", "Buang: {0}");
    public static readonly Words DropTitle = new("Drop this message?", "Buang pesan ini?");
    public static readonly Words DropWhy = new("It is gone for good. If it is a clip's task, that clip will not be looked at.", "Hilang selamanya. Bila ini tugas sebuah klip, klip itu tidak akan dianalisis.");
    public static readonly Words Replayed = new("{0} go another round.", "{0} dicoba lagi.");
    public static readonly Words Tries = new("{0} tries, given up {1}", "{0} kali dicoba, berhenti {1}");
    public static readonly Words Camera = new("Camera {0}", "Kamera {0}");
    public static readonly Words Message = new("Message", "Pesan");
    public static readonly Words Untold = new("This server does not tell it yet.", "Server ini belum menyediakannya.");
}
