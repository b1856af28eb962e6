using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Audit;

/// <summary>Texts of the audit page.</summary>
public static class AuditTexts
{
    public static readonly LocalizedText Title = new("Audit", "Audit");
    public static readonly LocalizedText Subtitle = new(
        "Who did what, and when. Entries can only be added.", "Siapa melakukan apa, dan kapan. Catatan hanya bisa ditambah.");
    public static readonly LocalizedText None = new("No entries in this period", "Tidak ada catatan pada periode ini");
    public static readonly LocalizedText NoneWhy = new("Choose other dates.", "Pilih tanggal lain.");
    public static readonly LocalizedText From = new("From", "Dari");
    public static readonly LocalizedText To = new("To", "Sampai");
    public static readonly LocalizedText Time = new("Time", "Waktu");
    public static readonly LocalizedText Actor = new("User", "Pengguna");
    public static readonly LocalizedText Action = new("Action", "Tindakan");
    public static readonly LocalizedText Target = new("Target", "Objek");
    public static readonly LocalizedText Address = new("IP address", "Alamat IP");
    public static readonly LocalizedText NotSignedIn = new("not signed in", "belum masuk");
    public static readonly LocalizedText Oldest = new("No more entries.", "Tidak ada catatan lagi.");

    private static readonly Dictionary<string, LocalizedText> s_actions = new(StringComparer.Ordinal)
    {
        ["anomaly.acknowledged"] = new("acknowledged an anomaly", "menangani anomali"),
        ["anomaly.called_normal"] = new("marked an anomaly as normal for its camera", "menandai anomali sebagai wajar untuk kameranya"),
        ["anomaly.reopened"] = new("reopened an anomaly", "membuka kembali anomali"),
        ["anomaly.resolved"] = new("resolved an anomaly", "menyelesaikan anomali"),
        ["camera.archived"] = new("archived a camera", "mengarsipkan kamera"),
        ["camera.changed"] = new("edited a camera", "mengubah kamera"),
        ["camera.created"] = new("added a camera", "menambahkan kamera"),
        ["camera.purge_requested"] = new("requested deletion of a camera's evidence", "meminta penghapusan bukti kamera"),
        ["camera_key.made"] = new("created a camera key", "membuat kunci kamera"),
        ["camera_key.revoked"] = new("revoked a camera key", "mencabut kunci kamera"),
        ["clip.exported"] = new("exported a clip", "mengekspor klip"),
        ["company.archived"] = new("archived a company", "mengarsipkan perusahaan"),
        ["company.created"] = new("added a company", "menambahkan perusahaan"),
        ["company.purge_requested"] = new("requested deletion of a company's evidence", "meminta penghapusan bukti perusahaan"),
        ["company.renamed"] = new("renamed a company", "mengganti nama perusahaan"),
        ["dead_letter.dropped"] = new("discarded a dead letter", "membuang pesan gagal"),
        ["dead_letter.replayed"] = new("requeued a dead letter", "mengantrekan ulang pesan gagal"),
        ["dead_letters.replayed"] = new("requeued all dead letters", "mengantrekan ulang semua pesan gagal"),
        ["invitation.accepted"] = new("accepted an invitation", "menerima undangan"),
        ["invitation.revoked"] = new("revoked an invitation", "mencabut undangan"),
        ["links.issued"] = new("received links to clips or pictures", "menerima tautan klip atau gambar"),
        ["login.refused"] = new("failed to sign in", "gagal masuk"),
        ["login.succeeded"] = new("signed in", "masuk"),
        ["password.changed"] = new("changed their own password", "mengganti kata sandinya sendiri"),
        ["refresh_token.reused"] = new("reused a session token; the session was ended", "memakai ulang token sesi; sesi diakhiri"),
        ["superadmin.invited"] = new("invited an operator", "mengundang operator"),
        ["user.approved"] = new("approved an account", "menyetujui akun"),
        ["user.asked"] = new("requested an account", "meminta akun"),
        ["user.changed"] = new("edited an account", "mengubah akun"),
        ["user.deleted"] = new("deleted an account", "menghapus akun"),
        ["user.registered"] = new("added an account", "menambahkan akun"),
        ["worker_token.made"] = new("created a worker token", "membuat token worker"),
        ["worker_token.revoked"] = new("revoked a worker token", "mencabut token worker"),
    };

    /// <summary>Null for an action without a text; the page then shows the API's name.</summary>
    public static LocalizedText? OfAction(string action) => s_actions.GetValueOrDefault(action);
}
