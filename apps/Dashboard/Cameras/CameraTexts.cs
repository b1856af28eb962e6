using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Cameras;

/// <summary>Texts of the pages about cameras.</summary>
public static class CameraTexts
{
    public static readonly LocalizedText Title = new("Cameras", "Kamera");
    public static readonly LocalizedText Add = new("Add camera", "Tambah kamera");
    public static readonly LocalizedText None = new("No cameras yet", "Belum ada kamera");
    public static readonly LocalizedText NoneWhy = new(
        "Add the first one. It takes two minutes and ends with a test clip that arrives here.",
        "Tambahkan kamera pertama. Hanya perlu dua menit, sampai klip uji tiba di sini.");
    public static readonly LocalizedText NoneForGuards = new(
        "Your company's administrator can add cameras.", "Administrator perusahaan Anda dapat menambahkan kamera.");
    public static readonly LocalizedText CountOne = new("{0} camera, {1} delivering", "{0} kamera, {1} mengirim");
    public static readonly LocalizedText Counts = new("{0} cameras, {1} delivering", "{0} kamera, {1} mengirim");
    public static readonly LocalizedText NeedsAttention = new("{0} needs attention", "{0} perlu diperiksa");
    public static readonly LocalizedText NeedAttention = new("{0} need attention", "{0} perlu diperiksa");

    public static readonly LocalizedText New = new("No clips yet", "Belum ada klip");
    public static readonly LocalizedText Delivering = new("Delivering", "Mengirim");
    public static readonly LocalizedText Late = new("Late", "Terlambat");
    public static readonly LocalizedText Silent = new("Not delivering", "Tidak ada kiriman");
    public static readonly LocalizedText Learning = new(
        "Learning, {0} min of footage to go", "Sedang belajar, perlu {0} mnt rekaman lagi");
    public static readonly LocalizedText Moved = new("Moved, learning again", "Posisi berubah, belajar ulang");
    public static readonly LocalizedText Archived = new("Archived", "Diarsipkan");
    public static readonly LocalizedText LastClip = new("Last clip {0}", "Klip terakhir {0}");
    public static readonly LocalizedText NoPicture = new("No picture yet", "Belum ada gambar");
    public static readonly LocalizedText PictureOf = new("Last picture from {0}", "Gambar terakhir dari {0}");

    public static readonly LocalizedText Location = new("Location", "Lokasi");
    public static readonly LocalizedText LocationHint = new(
        "In everyday words, such as “North gate, by the ramp”. Optional.",
        "Sebutan sehari-hari, misalnya “Gerbang utara, dekat jalur landai”. Opsional.");
    public static readonly LocalizedText NameHint = new("Keep it short: alarms show it.", "Singkat saja: nama ini tampil pada alarm.");
    public static readonly LocalizedText Zone = new("Time zone", "Zona waktu");
    public static readonly LocalizedText ZoneHint = new(
        "Where the camera is installed. Its alarms show this local time.",
        "Sesuai lokasi kamera. Alarmnya menampilkan waktu setempat ini.");
    public static readonly LocalizedText Sensitivity = new("Sensitivity (false alarms per day)", "Sensitivitas (alarm palsu per hari)");
    public static readonly LocalizedText SensitivityHint = new(
        "Higher values find more and raise more false alarms. Default: 1. 0.14 is about one a week.",
        "Nilai lebih tinggi menemukan lebih banyak, tetapi alarm palsu bertambah. Bawaan: 1. 0,14 berarti sekitar satu per minggu.");
    public static readonly LocalizedText SensitivityNoNumber = new("Enter a number.", "Masukkan angka.");
    public static readonly LocalizedText StreamKey = new("Stream key", "Kunci siaran");
    public static readonly LocalizedText StreamKeyHint = new(
        "The camera's name on the media server, for live view.", "Nama kamera di server media, untuk siaran langsung.");

    public static readonly LocalizedText GuideTitle = new("Add a camera", "Tambah kamera");
    public static readonly LocalizedText Step1 = new("Describe the camera", "Isi data kamera");
    public static readonly LocalizedText Step2 = new("Send a test clip", "Kirim klip uji");
    public static readonly LocalizedText Step3 = new("Check that it arrives", "Pastikan klip tiba");
    public static readonly LocalizedText Continue = new("Create camera", "Buat kamera");
    public static readonly LocalizedText KeyOnce = new(
        "This is the camera's key. It is shown only once. Enter it in the camera's settings now.",
        "Ini kunci kamera. Kunci hanya ditampilkan sekali. Masukkan ke pengaturan kamera sekarang.");
    public static readonly LocalizedText Key = new("Camera key", "Kunci kamera");
    public static readonly LocalizedText CommandWhy = new(
        "Run this command in a terminal on a machine in the camera's network. It downloads a short test clip from here and delivers it "
        + "as the camera would.",
        "Jalankan perintah ini di terminal pada komputer di jaringan kamera. Perintah ini mengunduh klip uji singkat dari sini, lalu "
        + "mengirimkannya seperti kamera.");
    public static readonly LocalizedText CommandAlarm = new(
        "The clip shows a person falling. If a model analyses this camera's clips, it raises an alarm: mark it as a false alarm.",
        "Klip ini menampilkan orang jatuh. Jika ada model yang menganalisis klip kamera ini, alarm akan muncul: "
        + "tandai sebagai alarm palsu.");
    public static readonly LocalizedText Command = new("Command", "Perintah");
    public static readonly LocalizedText System = new("Operating system", "Sistem operasi");
    public static readonly LocalizedText Waiting = new("Waiting for the first clip…", "Menunggu klip pertama…");
    public static readonly LocalizedText WaitingLong = new(
        "Nothing yet. Check the command's output. “401”: the key is not the one above. “Could not connect”: that machine "
        + "cannot reach this address.",
        "Belum ada. Periksa keluaran perintahnya. “401”: kuncinya bukan yang di atas. “Could not connect”: komputer itu "
        + "tidak dapat menjangkau alamat ini.");
    public static readonly LocalizedText Arrived = new("The clip has arrived", "Klip sudah tiba");
    public static readonly LocalizedText ArrivedAt = new("{0}, {1}", "{0}, {1}");
    public static readonly LocalizedText Analysing = new("Analysing…", "Sedang dianalisis…");
    public static readonly LocalizedText AnalysedNormal = new(
        "Analysed: nothing unusual", "Sudah dianalisis: tidak ada yang tidak biasa");
    public static readonly LocalizedText AnalysedAnomaly = new(
        "Analysed: an alarm was raised ({0})", "Sudah dianalisis: alarm muncul ({0})");
    public static readonly LocalizedText AnalysisFailed = new("Analysis failed: {0}", "Analisis gagal: {0}");
    public static readonly LocalizedText After = new("{0} s after arrival", "{0} dtk setelah tiba");
    public static readonly LocalizedText ToCamera = new("Open camera", "Buka kamera");
    public static readonly LocalizedText AnotherCamera = new("Add another camera", "Tambah kamera lain");
    public static readonly LocalizedText ToWatch = new("Go to Watch", "Buka Pantau");

    public static readonly LocalizedText Settings = new("Settings", "Pengaturan");
    public static readonly LocalizedText Status = new("Status", "Status");
    public static readonly LocalizedText Clips = new("Clips", "Klip");
    public static readonly LocalizedText AnalysedBy = new("Analysed by", "Dianalisis oleh");
    public static readonly LocalizedText ModelNamed = new("Model {0}", "Model {0}");
    public static readonly LocalizedText SceneReady = new("Scene detector: ready", "Detektor adegan: siap");
    public static readonly LocalizedText SceneLearning = new(
        "Scene detector: learning, {0} of {1} min of footage", "Detektor adegan: sedang belajar, {0} dari {1} mnt rekaman");
    public static readonly LocalizedText SceneMoved = new(
        "Scene detector: the camera was moved; learning again, {0} of {1} min of footage",
        "Detektor adegan: posisi kamera berubah; belajar ulang, {0} dari {1} mnt rekaman");
    public static readonly LocalizedText NotAnalysedYet = new("Nothing yet: no clip has arrived", "Belum ada: belum ada klip yang tiba");
    public static readonly LocalizedText LocalTime = new("Local time", "Waktu setempat");
    public static readonly LocalizedText Live = new("Live view", "Siaran langsung");
    public static readonly LocalizedText LiveWatch = new("Watch live", "Tonton langsung");
    public static readonly LocalizedText LiveStop = new("Back to the last picture", "Kembali ke gambar terakhir");
    public static readonly LocalizedText LiveOf = new("Live view of {0}", "Siaran langsung {0}");
    public static readonly LocalizedText LiveNow = new("Live", "Langsung");
    public static readonly LocalizedText LiveComing = new("Waiting for the media server…", "Menunggu server media…");
    public static readonly LocalizedText LiveFailed = new(
        "No live picture: the media server is not sending this camera's stream.",
        "Siaran tidak tersedia: server media tidak mengirim siaran kamera ini.");
    public static readonly LocalizedText LiveWebrtc = new("Watch live (WebRTC)", "Tonton langsung (WebRTC)");
    public static readonly LocalizedText LiveNone = new("No media server is configured.", "Server media belum dikonfigurasi.");
    public static readonly LocalizedText NewWindow = new("opens a new window", "membuka jendela baru");
    public static readonly LocalizedText Keys = new("Camera keys", "Kunci kamera");
    public static readonly LocalizedText KeysWhy = new(
        "Two keys can be valid at once: create a new one, enter it in the camera, then revoke the old one.",
        "Dua kunci dapat aktif sekaligus: buat yang baru, masukkan ke kamera, lalu cabut yang lama.");
    public static readonly LocalizedText MakeKey = new("Create key", "Buat kunci");
    public static readonly LocalizedText NoKeys = new(
        "No valid key: this camera cannot deliver clips.", "Tidak ada kunci aktif: kamera ini tidak dapat mengirim klip.");
    public static readonly LocalizedText KeyUsed = new("last used {0}", "terakhir dipakai {0}");
    public static readonly LocalizedText KeyMade = new("created {0}", "dibuat {0}");
    public static readonly LocalizedText KeyRevoked = new("revoked {0}", "dicabut {0}");
    public static readonly LocalizedText RevokedKeys = new("{0} revoked", "{0} dicabut");
    public static readonly LocalizedText Revoke = new("Revoke", "Cabut");
    public static readonly LocalizedText RevokeOne = new("Revoke {0}…", "Cabut {0}…");
    public static readonly LocalizedText RevokeTitle = new("Revoke this key?", "Cabut kunci ini?");
    public static readonly LocalizedText RevokeWhy = new(
        "Within ten seconds, whatever uses {0}… can no longer deliver. This cannot be undone.",
        "Dalam sepuluh detik, perangkat yang memakai {0}… tidak dapat mengirim lagi. Tindakan ini tidak dapat diurungkan.");
    public static readonly LocalizedText Archive = new("Archive camera", "Arsipkan kamera");
    public static readonly LocalizedText ArchiveTitle = new("Archive “{0}”?", "Arsipkan “{0}”?");
    public static readonly LocalizedText ArchiveWhy = new(
        "Its keys stop working and it leaves the list. Its recordings are kept.",
        "Kuncinya tidak berlaku lagi dan kamera hilang dari daftar. Rekamannya tetap disimpan.");
    public static readonly LocalizedText ArchiveHeading = new("Archive this camera", "Arsipkan kamera ini");
    public static readonly LocalizedText Back = new("All cameras", "Semua kamera");
    public static readonly LocalizedText ToHistory = new("Camera history", "Riwayat kamera");
}
