using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.History;

public static class HistoryWords
{
    public static readonly Words Title = new("History", "Riwayat");
    public static readonly Words Day = new("Day", "Hari");
    public static readonly Words DayBefore = new("The day before", "Hari sebelumnya");
    public static readonly Words DayAfter = new("The day after", "Hari berikutnya");
    public static readonly Words Today = new("Today", "Hari ini");
    public static readonly Words Camera = new("Camera", "Kamera");
    public static readonly Words EveryCamera = new("Every camera", "Semua kamera");
    public static readonly Words Kind = new("Kind", "Jenis");
    public static readonly Words EveryKind = new("Every kind", "Semua jenis");
    public static readonly Words State = new("State", "Status");
    public static readonly Words EveryState = new("Every state", "Semua status");
    public static readonly Words New = new("New", "Baru");
    public static readonly Words Acknowledged = new("In hand", "Ditangani");
    public static readonly Words Confirmed = new("Confirmed", "Benar");
    public static readonly Words FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly Words Recorded = new("Recorded", "Terekam");
    public static readonly Words Gap = new("Nothing came", "Tidak ada rekaman");
    public static readonly Words Failed = new("Not analysed", "Tidak dianalisis");
    public static readonly Words Anomaly = new("Anomaly", "Anomali");
    public static readonly Words StripOf = new("{0}: the day’s recordings. Arrow keys move a minute, Enter plays.", "{0}: rekaman hari itu. Tombol panah bergeser semenit, Enter memutar.");
    public static readonly Words PlayHint = new("Click a strip to play from there.", "Klik garisnya untuk memutar dari sana.");
    public static readonly Words Anomalies = new("Anomalies of the day", "Anomali hari itu");
    public static readonly Words NoAnomalies = new("No anomalies", "Tidak ada anomali");
    public static readonly Words NoAnomaliesWhy = new("Nothing of this kind was found on this day.", "Tidak ditemukan yang seperti ini pada hari itu.");
    public static readonly Words NoCameras = new("No cameras yet", "Belum ada kamera");
    public static readonly Words NoCamerasWhy = new("Once a camera delivers clips, each of its days is a strip here.", "Setelah kamera mengirim klip, setiap harinya menjadi garis di sini.");
    public static readonly Words ToCameras = new("Go to Cameras", "Ke Kamera");
    public static readonly Words MoreCameras = new("Show {0} more cameras", "Tampilkan {0} kamera lagi");
    public static readonly Words NothingThere = new("Nothing was recorded there.", "Tidak ada rekaman di sana.");
    public static readonly Words Export = new("Export", "Ekspor");
    public static readonly Words Exporting = new("Exporting…", "Mengekspor…");
    public static readonly Words ExportFailed = new("The clip could not be exported ({0}).", "Klip tidak dapat diekspor ({0}).");
    public static readonly Words ExportWhat = new("The clip with its SHA-256, and what is known of it, as one file", "Klip dengan SHA-256 dan keterangannya, dalam satu berkas");
    public static readonly Words Copied = new("Copied", "Tersalin");
    public static readonly Words CopySha = new("Copy the SHA-256", "Salin SHA-256");
    public static readonly Words Close = new("Close the player", "Tutup pemutar");
    public static readonly Words KeyClips = new("Clip before, clip after", "Klip sebelum, klip sesudah");
    public static readonly Words KeyAnomalies = new("Next, previous anomaly", "Anomali berikut, sebelumnya");

    public static Words StateOf(Api.Anomaly a) => a switch
    {
        { Status: Api.Statuses.New } => New,
        { Status: Api.Statuses.Acknowledged } => Acknowledged,
        { Resolution: Api.Resolutions.Confirmed } => Confirmed,
        _ => FalseAlarm,
    };
}
