using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.History;

/// <summary>Texts of the history page.</summary>
public static class HistoryTexts
{
    public static readonly LocalizedText Title = new("History", "Riwayat");
    public static readonly LocalizedText Day = new("Date", "Tanggal");
    public static readonly LocalizedText DayBefore = new("Previous day", "Hari sebelumnya");
    public static readonly LocalizedText DayAfter = new("Next day", "Hari berikutnya");
    public static readonly LocalizedText Camera = new("Camera", "Kamera");
    public static readonly LocalizedText EveryCamera = new("All cameras", "Semua kamera");
    public static readonly LocalizedText Kind = new("Type", "Jenis");
    public static readonly LocalizedText EveryKind = new("All types", "Semua jenis");
    public static readonly LocalizedText State = new("Status", "Status");
    public static readonly LocalizedText EveryState = new("All statuses", "Semua status");
    public static readonly LocalizedText New = new("New", "Baru");
    public static readonly LocalizedText Acknowledged = new("In progress", "Ditangani");
    public static readonly LocalizedText Confirmed = new("Confirmed", "Terkonfirmasi");
    public static readonly LocalizedText FalseAlarm = new("False alarm", "Alarm palsu");
    public static readonly LocalizedText Recorded = new("Recorded", "Terekam");
    public static readonly LocalizedText Gap = new("No recording", "Tidak ada rekaman");
    public static readonly LocalizedText Failed = new("Not analysed", "Tidak dianalisis");
    public static readonly LocalizedText Anomaly = new("Anomaly", "Anomali");
    public static readonly LocalizedText StripOf = new(
        "{0}: recordings of the day. Arrow keys move by a minute, Enter plays.",
        "{0}: rekaman hari itu. Tombol panah bergeser satu menit, Enter memutar.");
    public static readonly LocalizedText PlayHint = new(
        "Click a timeline to play from there.", "Klik lini masa untuk memutar dari titik itu.");
    public static readonly LocalizedText Anomalies = new("Anomalies on this day", "Anomali pada tanggal ini");
    public static readonly LocalizedText NoAnomalies = new("No anomalies", "Tidak ada anomali");
    public static readonly LocalizedText NoAnomaliesWhy = new(
        "No anomalies match this date and these filters.", "Tidak ada anomali yang cocok dengan tanggal dan filter ini.");
    public static readonly LocalizedText NoCameras = new("No cameras yet", "Belum ada kamera");
    public static readonly LocalizedText NoCamerasWhy = new(
        "Once a camera delivers clips, each of its days appears here as a timeline.",
        "Setelah kamera mengirim klip, rekaman hariannya tampil di sini sebagai lini masa.");
    public static readonly LocalizedText ToCameras = new("Go to Cameras", "Buka Kamera");
    public static readonly LocalizedText OneMoreCamera = new("Show {0} more camera", "Tampilkan {0} kamera lagi");
    public static readonly LocalizedText MoreCameras = new("Show {0} more cameras", "Tampilkan {0} kamera lagi");
    public static readonly LocalizedText NothingThere = new("Nothing was recorded at that time.", "Tidak ada rekaman pada waktu itu.");
    public static readonly LocalizedText Export = new("Export", "Ekspor");
    public static readonly LocalizedText Exporting = new("Exporting…", "Mengekspor…");
    public static readonly LocalizedText ExportFailed = new("The clip could not be exported ({0}).", "Klip tidak dapat diekspor ({0}).");
    public static readonly LocalizedText ExportWhat = new(
        "The clip, its details and its SHA-256 in one file", "Klip, rinciannya, dan SHA-256-nya dalam satu berkas");
    public static readonly LocalizedText Copied = new("Copied", "Tersalin");
    public static readonly LocalizedText CopySha = new("Copy the SHA-256", "Salin SHA-256");
    public static readonly LocalizedText Close = new("Close the player", "Tutup pemutar");
    public static readonly LocalizedText KeyClips = new("Previous, next clip", "Klip sebelumnya, berikutnya");
    public static readonly LocalizedText KeyAnomalies = new("Next, previous anomaly", "Anomali berikutnya, sebelumnya");

    public static LocalizedText StateOf(AnomalyItem a) => a switch
    {
        { Status: AnomalyStatus.New } => New,
        { Status: AnomalyStatus.Acknowledged } => Acknowledged,
        { Resolution: Resolution.Confirmed } => Confirmed,
        _ => FalseAlarm,
    };
}
