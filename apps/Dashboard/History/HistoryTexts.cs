using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.History;

public static class HistoryTexts
{
    public static readonly LocalizedText Title = new("History", "Riwayat");
    public static readonly LocalizedText Day = new("Day", "Hari");
    public static readonly LocalizedText DayBefore = new("The day before", "Hari sebelumnya");
    public static readonly LocalizedText DayAfter = new("The day after", "Hari berikutnya");
    public static readonly LocalizedText Today = new("Today", "Hari ini");
    public static readonly LocalizedText Camera = new("Camera", "Kamera");
    public static readonly LocalizedText EveryCamera = new("Every camera", "Semua kamera");
    public static readonly LocalizedText Kind = new("Kind", "Jenis");
    public static readonly LocalizedText EveryKind = new("Every kind", "Semua jenis");
    public static readonly LocalizedText State = new("State", "Status");
    public static readonly LocalizedText EveryState = new("Every state", "Semua status");
    public static readonly LocalizedText New = new("New", "Baru");
    public static readonly LocalizedText Acknowledged = new("In hand", "Ditangani");
    public static readonly LocalizedText Confirmed = new("Confirmed", "Benar");
    public static readonly LocalizedText FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly LocalizedText Recorded = new("Recorded", "Terekam");
    public static readonly LocalizedText Gap = new("Nothing came", "Tidak ada rekaman");
    public static readonly LocalizedText Failed = new("Not analysed", "Tidak dianalisis");
    public static readonly LocalizedText Anomaly = new("Anomaly", "Anomali");
    public static readonly LocalizedText StripOf = new("{0}: the day’s recordings. Arrow keys move a minute, Enter plays.", "{0}: rekaman hari itu. Tombol panah bergeser semenit, Enter memutar.");
    public static readonly LocalizedText PlayHint = new("Click a strip to play from there.", "Klik garisnya untuk memutar dari sana.");
    public static readonly LocalizedText Anomalies = new("Anomalies of the day", "Anomali hari itu");
    public static readonly LocalizedText NoAnomalies = new("No anomalies", "Tidak ada anomali");
    public static readonly LocalizedText NoAnomaliesWhy = new("Nothing of this kind was found on this day.", "Tidak ditemukan yang seperti ini pada hari itu.");
    public static readonly LocalizedText NoCameras = new("No cameras yet", "Belum ada kamera");
    public static readonly LocalizedText NoCamerasWhy = new("Once a camera delivers clips, each of its days is a strip here.", "Setelah kamera mengirim klip, setiap harinya menjadi garis di sini.");
    public static readonly LocalizedText ToCameras = new("Go to Cameras", "Ke Kamera");
    public static readonly LocalizedText MoreCameras = new("Show {0} more cameras", "Tampilkan {0} kamera lagi");
    public static readonly LocalizedText NothingThere = new("Nothing was recorded there.", "Tidak ada rekaman di sana.");
    public static readonly LocalizedText Export = new("Export", "Ekspor");
    public static readonly LocalizedText Exporting = new("Exporting…", "Mengekspor…");
    public static readonly LocalizedText ExportFailed = new("The clip could not be exported ({0}).", "Klip tidak dapat diekspor ({0}).");
    public static readonly LocalizedText ExportWhat = new("The clip with its SHA-256, and what is known of it, as one file", "Klip dengan SHA-256 dan keterangannya, dalam satu berkas");
    public static readonly LocalizedText Copied = new("Copied", "Tersalin");
    public static readonly LocalizedText CopySha = new("Copy the SHA-256", "Salin SHA-256");
    public static readonly LocalizedText Close = new("Close the player", "Tutup pemutar");
    public static readonly LocalizedText KeyClips = new("Clip before, clip after", "Klip sebelum, klip sesudah");
    public static readonly LocalizedText KeyAnomalies = new("Next, previous anomaly", "Anomali berikut, sebelumnya");

    public static LocalizedText StateOf(Api.Anomaly a) => a switch
    {
        { Status: Api.Statuses.New } => New,
        { Status: Api.Statuses.Acknowledged } => Acknowledged,
        { Resolution: Api.Resolutions.Confirmed } => Confirmed,
        _ => FalseAlarm,
    };
}
