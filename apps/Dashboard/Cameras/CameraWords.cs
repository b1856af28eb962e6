using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Cameras;

public static class CameraWords
{
    public static readonly Words Title = new("Cameras", "Kamera");
    public static readonly Words Add = new("Add camera", "Tambah kamera");
    public static readonly Words None = new("No cameras yet", "Belum ada kamera");
    public static readonly Words NoneWhy = new("Add the first one: it takes two minutes, and ends with a clip that you see arrive.", "Tambahkan yang pertama: dua menit saja, sampai Anda melihat satu klip tiba.");
    public static readonly Words NoneForGuards = new("An administrator of your company adds them.", "Administrator perusahaan Anda yang menambahkannya.");
    public static readonly Words Counts = new("{0} cameras, {1} delivering", "{0} kamera, {1} mengirim");
    public static readonly Words NeedLook = new("{0} need a look", "{0} perlu dilihat");

    public static readonly Words New = new("No clip yet", "Belum ada klip");
    public static readonly Words Delivering = new("Delivering", "Mengirim");
    public static readonly Words Late = new("Late", "Terlambat");
    public static readonly Words Silent = new("Silent", "Diam");
    public static readonly Words Learning = new("Learning, {0} min of footage more", "Belajar, {0} mnt rekaman lagi");
    public static readonly Words Moved = new("Was moved; learns anew", "Berpindah; belajar ulang");
    public static readonly Words Archived = new("Archived", "Diarsipkan");
    public static readonly Words LastClip = new("Last clip {0}", "Klip terakhir {0}");
    public static readonly Words NoPicture = new("No picture yet", "Belum ada gambar");
    public static readonly Words PictureOf = new("Last picture of {0}", "Gambar terakhir {0}");

    public static readonly Words Location = new("Where it is", "Letaknya");
    public static readonly Words LocationHint = new("As a guard would say it: “North gate, by the ramp”. May stay empty.", "Seperti kata petugas: “Gerbang utara, dekat jalur landai”. Boleh kosong.");
    public static readonly Words NameHint = new("Short, as it shall stand on an alarm.", "Singkat, seperti akan tertulis di alarm.");
    public static readonly Words Zone = new("Time zone", "Zona waktu");
    public static readonly Words ZoneHint = new("Where the camera hangs. Alarms are told in its time.", "Di tempat kamera dipasang. Alarm memakai waktu ini.");
    public static readonly Words Sensitivity = new("False alarms a day that you would accept", "Alarm palsu per hari yang masih bisa diterima");
    public static readonly Words SensitivityHint = new("More finds more and disturbs more. 1 is usual; 0.14 is one a week.", "Makin besar makin peka, juga makin mengganggu. 1 itu lazim; 0,14 berarti satu per minggu.");
    public static readonly Words SensitivityNoNumber = new("This is not a number.", "Ini bukan angka.");
    public static readonly Words StreamKey = new("Stream key", "Kunci siaran");
    public static readonly Words StreamKeyHint = new("Its name on the media server, for live view.", "Namanya di server media, untuk siaran langsung.");

    public static readonly Words GuideTitle = new("Add a camera", "Tambah kamera");
    public static readonly Words Step1 = new("Describe it", "Jelaskan kameranya");
    public static readonly Words Step2 = new("Send a test clip", "Kirim klip uji");
    public static readonly Words Step3 = new("See it arrive", "Lihat klip tiba");
    public static readonly Words Continue = new("Make the camera", "Buat kamera");
    public static readonly Words KeyOnce = new("This is the camera's key. It is shown this once: put it into the camera's settings now.", "Ini kunci kamera. Hanya ditampilkan sekali ini: simpan ke pengaturan kamera sekarang.");
    public static readonly Words Key = new("Camera key", "Kunci kamera");
    public static readonly Words CommandWhy = new("Copy this into a terminal of a machine in the camera's network. It fetches a short test clip from here and delivers it as the camera would.", "Salin ke terminal pada mesin di jaringan kamera. Perintah ini mengambil klip uji singkat dari sini lalu mengirimnya seperti kamera.");
    public static readonly Words CommandAlarm = new("The clip shows somebody falling: where a model watches, it raises an alarm. Say “false alarm” to it.", "Klip menampilkan orang jatuh: bila ada model yang mengawasi, alarm akan muncul. Jawab “alarm palsu”.");
    public static readonly Words Command = new("Command", "Perintah");
    public static readonly Words System = new("The machine's system", "Sistem mesin");
    public static readonly Words Waiting = new("Waiting for the first clip…", "Menunggu klip pertama…");
    public static readonly Words WaitingLong = new("Nothing yet. Does the command say anything? “401”: the key is not the one above. “Could not connect”: that machine does not reach this address.", "Belum ada. Apa kata perintahnya? “401”: kuncinya bukan yang di atas. “Could not connect”: mesin itu tidak mencapai alamat ini.");
    public static readonly Words Arrived = new("The clip has arrived", "Klip sudah tiba");
    public static readonly Words ArrivedAt = new("{0}, {1}", "{0}, {1}");
    public static readonly Words BeingLooked = new("It is being looked at…", "Sedang dianalisis…");
    public static readonly Words LookedNormal = new("Looked at: nothing unusual", "Sudah dianalisis: tidak ada yang aneh");
    public static readonly Words LookedAnomaly = new("Looked at: an alarm was raised ({0})", "Sudah dianalisis: alarm muncul ({0})");
    public static readonly Words LookedFailed = new("It could not be looked at: {0}", "Tidak dapat dianalisis: {0}");
    public static readonly Words After = new("{0} s after it arrived", "{0} dtk setelah tiba");
    public static readonly Words ToCamera = new("To the camera", "Ke kamera");
    public static readonly Words AnotherCamera = new("Add another", "Tambah lagi");
    public static readonly Words ToWatch = new("To Watch", "Ke Pantau");

    public static readonly Words Settings = new("Settings", "Pengaturan");
    public static readonly Words Facts = new("How it is", "Keadaannya");
    public static readonly Words State = new("Clips", "Klip");
    public static readonly Words WatchedBy = new("Looked at by", "Dianalisis oleh");
    public static readonly Words SceneDetector = new("Scene detector", "Detektor adegan");
    public static readonly Words ModelNamed = new("Model {0}", "Model {0}");
    public static readonly Words SceneReady = new("Scene detector: knows the scene", "Detektor adegan: sudah mengenal");
    public static readonly Words SceneLearning = new("Scene detector: learning, {0} of {1} min seen", "Detektor adegan: belajar, {0} dari {1} mnt");
    public static readonly Words SceneMoved = new("Scene detector: the camera was moved, {0} of {1} min seen again", "Detektor adegan: kamera berpindah, {0} dari {1} mnt diulang");
    public static readonly Words NobodyYet = new("Nobody yet: it has delivered nothing", "Belum ada: belum mengirim apa pun");
    public static readonly Words LocalTime = new("Its time", "Waktunya");
    public static readonly Words Live = new("Live view", "Siaran langsung");
    public static readonly Words LiveHls = new("Watch live (HLS)", "Tonton langsung (HLS)");
    public static readonly Words LiveWebrtc = new("Watch live (WebRTC)", "Tonton langsung (WebRTC)");
    public static readonly Words LiveNone = new("No media server is configured.", "Server media belum dikonfigurasi.");
    public static readonly Words NewWindow = new("opens a new window", "membuka jendela baru");
    public static readonly Words Keys = new("Keys", "Kunci");
    public static readonly Words KeysWhy = new("Two may be valid at once: make the next, give it to the camera, revoke the old one.", "Dua boleh aktif sekaligus: buat yang baru, pasang di kamera, cabut yang lama.");
    public static readonly Words MakeKey = new("Make a key", "Buat kunci");
    public static readonly Words NoKeys = new("No valid key: this camera cannot deliver.", "Tidak ada kunci aktif: kamera ini tidak dapat mengirim.");
    public static readonly Words KeyUsed = new("last used {0}", "terakhir dipakai {0}");
    public static readonly Words KeyMade = new("made {0}", "dibuat {0}");
    public static readonly Words KeyRevoked = new("revoked {0}", "dicabut {0}");
    public static readonly Words RevokedKeys = new("{0} revoked", "{0} dicabut");
    public static readonly Words Revoke = new("Revoke", "Cabut");
    public static readonly Words RevokeOne = new("Revoke {0}…", "Cabut {0}…");
    public static readonly Words RevokeTitle = new("Revoke this key?", "Cabut kunci ini?");
    public static readonly Words RevokeWhy = new("Within ten seconds nothing that uses {0}… can deliver any more. This cannot be taken back.", "Dalam sepuluh detik, yang memakai {0}… tidak bisa mengirim lagi. Ini tidak dapat dibatalkan.");
    public static readonly Words Archive = new("Archive camera", "Arsipkan kamera");
    public static readonly Words ArchiveTitle = new("Archive “{0}”?", "Arsipkan “{0}”?");
    public static readonly Words ArchiveWhy = new("Its keys stop working and it leaves the list. What it recorded stays.", "Kuncinya berhenti dan kamera hilang dari daftar. Rekamannya tetap ada.");
    public static readonly Words Danger = new("End its use", "Akhiri pemakaian");
    public static readonly Words Back = new("All cameras", "Semua kamera");
    public static readonly Words ToHistory = new("Its history", "Riwayatnya");
    public static readonly Words Seen = new("Refreshed {0}", "Diperbarui {0}");
}
