using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Audit;

public static class AuditTexts
{
    public static readonly LocalizedText Title = new("Audit", "Audit");
    public static readonly LocalizedText Subtitle = new("Who did what. Entries are only ever added.", "Siapa melakukan apa. Catatan hanya bertambah.");
    public static readonly LocalizedText None = new("Nothing in this time", "Tidak ada pada waktu ini");
    public static readonly LocalizedText NoneWhy = new("Take other days.", "Pilih hari lain.");
    public static readonly LocalizedText From = new("From", "Dari");
    public static readonly LocalizedText To = new("To", "Sampai");
    public static readonly LocalizedText Time = new("Time", "Waktu");
    public static readonly LocalizedText Actor = new("Who", "Siapa");
    public static readonly LocalizedText Action = new("What", "Apa");
    public static readonly LocalizedText Target = new("On what", "Terhadap");
    public static readonly LocalizedText Address = new("From where", "Dari alamat");
    public static readonly LocalizedText Nobody = new("nobody signed in", "belum masuk");
    public static readonly LocalizedText Oldest = new("That is all.", "Itu semuanya.");

    private static readonly Dictionary<string, LocalizedText> s_actions = new(StringComparer.Ordinal)
    {
        ["anomaly.acknowledged"] = new("took an anomaly on", "menangani anomali"),
        ["anomaly.called_normal"] = new("called an anomaly normal for its camera", "menyebut anomali biasa untuk kameranya"),
        ["anomaly.reopened"] = new("took a decision back", "menarik keputusan"),
        ["anomaly.resolved"] = new("decided an anomaly", "memutuskan anomali"),
        ["camera.archived"] = new("archived a camera", "mengarsipkan kamera"),
        ["camera.changed"] = new("changed a camera", "mengubah kamera"),
        ["camera.created"] = new("added a camera", "menambah kamera"),
        ["camera.purge_requested"] = new("had a camera's evidence deleted", "meminta bukti kamera dihapus"),
        ["camera_key.made"] = new("made a camera key", "membuat kunci kamera"),
        ["camera_key.revoked"] = new("revoked a camera key", "mencabut kunci kamera"),
        ["clip.exported"] = new("exported a clip", "mengekspor klip"),
        ["company.archived"] = new("archived a company", "mengarsipkan perusahaan"),
        ["company.created"] = new("added a company", "menambah perusahaan"),
        ["company.purge_requested"] = new("had a company's evidence deleted", "meminta bukti perusahaan dihapus"),
        ["company.renamed"] = new("renamed a company", "mengganti nama perusahaan"),
        ["dead_letter.dropped"] = new("dropped a dead letter", "membuang pesan gagal"),
        ["dead_letter.replayed"] = new("tried a dead letter again", "mengulang pesan gagal"),
        ["dead_letters.replayed"] = new("tried all dead letters again", "mengulang semua pesan gagal"),
        ["invitation.accepted"] = new("accepted an invitation", "menerima undangan"),
        ["invitation.revoked"] = new("revoked an invitation", "mencabut undangan"),
        ["links.issued"] = new("got links to clips or pictures", "mendapat tautan klip atau gambar"),
        ["login.refused"] = new("was refused at sign-in", "ditolak saat masuk"),
        ["login.succeeded"] = new("signed in", "masuk"),
        ["password.changed"] = new("changed the own password", "mengganti kata sandi sendiri"),
        ["refresh_token.reused"] = new("used a token twice: the session was ended", "memakai token dua kali: sesi diakhiri"),
        ["superadmin.invited"] = new("invited an operator", "mengundang operator"),
        ["user.approved"] = new("approved a person", "menyetujui pengguna"),
        ["user.asked"] = new("asked for an account", "meminta akun"),
        ["user.changed"] = new("changed a person", "mengubah pengguna"),
        ["user.deleted"] = new("deleted a person", "menghapus pengguna"),
        ["user.registered"] = new("added a person", "menambah pengguna"),
        ["worker_token.made"] = new("made a worker's token", "membuat token worker"),
        ["worker_token.revoked"] = new("revoked a worker's token", "mencabut token worker"),
    };

    /// <summary>Null: it has no sentence of ours, and is shown as the API names it.</summary>
    public static LocalizedText? OfAction(string action) => s_actions.GetValueOrDefault(action);
}
