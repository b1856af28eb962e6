using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.People;

public static class PeopleWords
{
    public static readonly Words Title = new("People", "Pengguna");
    public static readonly Words Add = new("Add person", "Tambah pengguna");
    public static readonly Words Invite = new("Invite operator", "Undang operator");
    public static readonly Words None = new("Nobody yet", "Belum ada siapa pun");
    public static readonly Words NoneWhy = new("Add the guards and administrators who work with Siaga.", "Tambahkan petugas dan administrator yang memakai Siaga.");
    public static readonly Words Waiting = new("Waiting for approval", "Menunggu persetujuan");
    public static readonly Words WaitingWhy = new("They asked for an account. Until you approve they cannot sign in.", "Mereka meminta akun. Sebelum disetujui mereka tidak bisa masuk.");
    public static readonly Words Approve = new("Approve", "Setujui");
    public static readonly Words ApproveOne = new("Approve {0}", "Setujui {0}");
    public static readonly Words Refuse = new("Refuse", "Tolak");
    public static readonly Words RefuseOne = new("Refuse {0}", "Tolak {0}");
    public static readonly Words Email = new("E-mail", "Email");
    public static readonly Words Role = new("Role", "Peran");
    public static readonly Words You = new("you", "Anda");
    public static readonly Words Password = new("Password", "Kata sandi");
    public static readonly Words PasswordHint = new("At least 8 characters. Tell it to them in person; they can change it.", "Paling sedikit 8 karakter. Sampaikan langsung; mereka bisa menggantinya.");
    public static readonly Words NewPassword = new("New password", "Kata sandi baru");
    public static readonly Words NewPasswordHint = new("Empty: it stays as it is. A new one ends their sessions.", "Kosong: tidak berubah. Yang baru mengakhiri sesi mereka.");
    public static readonly Words RoleGuard = new("Guard: watches and decides", "Petugas: memantau dan memutuskan");
    public static readonly Words RoleAdmin = new("Administrator: also cameras and people", "Administrator: juga kamera dan pengguna");
    public static readonly Words RoleOperator = new("Operator: runs the whole", "Operator: menjalankan semuanya");
    public static readonly Words AddTitle = new("Add a person", "Tambah pengguna");
    public static readonly Words EditTitle = new("Edit {0}", "Ubah {0}");
    public static readonly Words DeleteTitle = new("Delete {0}?", "Hapus {0}?");
    public static readonly Words DeleteWhy = new("Their sessions end at once and they cannot sign in any more. What they decided stays.", "Sesinya langsung berakhir dan tidak bisa masuk lagi. Keputusannya tetap tersimpan.");
    public static readonly Words Added = new("{0} can sign in now.", "{0} sekarang bisa masuk.");
    public static readonly Words Approved = new("{0} can sign in now.", "{0} sekarang bisa masuk.");

    public static readonly Words InviteTitle = new("Invite an operator", "Undang operator");
    public static readonly Words InviteWhy = new("An operator may do everything, in all companies. The link works once; hand it over in a way that nobody else reads.", "Operator boleh melakukan segalanya di semua perusahaan. Tautan hanya berlaku sekali; serahkan tanpa dibaca orang lain.");
    public static readonly Words InviteMake = new("Make the link", "Buat tautan");
    public static readonly Words InviteLink = new("Invitation for {0}, until {1}", "Undangan untuk {0}, sampai {1}");
    public static readonly Words Invitations = new("Open invitations", "Undangan terbuka");
    public static readonly Words InvitedUntil = new("until {0}", "sampai {0}");
    public static readonly Words RevokeInvitation = new("Revoke the invitation of {0}", "Cabut undangan {0}");

    public static readonly Words MyAccount = new("Your account", "Akun Anda");
    public static readonly Words ChangePassword = new("Change your password", "Ganti kata sandi Anda");
    public static readonly Words ChangePasswordWhy = new("Your other sessions end; this one goes on.", "Sesi Anda yang lain berakhir; yang ini berlanjut.");
    public static readonly Words CurrentPassword = new("Current password", "Kata sandi sekarang");
    public static readonly Words Change = new("Change it", "Ganti");
    public static readonly Words Changed = new("Your password is changed.", "Kata sandi Anda sudah diganti.");

    public static readonly Words WelcomeTitle = new("Become an operator", "Jadi operator");
    public static readonly Words WelcomeWhy = new("You were invited to Siaga. Choose a password that nobody else knows.", "Anda diundang ke Siaga. Pilih kata sandi yang tidak diketahui orang lain.");
    public static readonly Words WelcomeNoToken = new("This link lacks its invitation. Open the whole link that you were given.", "Tautan ini tidak lengkap. Buka tautan lengkap yang Anda terima.");
    public static readonly Words YourName = new("Your name", "Nama Anda");
    public static readonly Words Accept = new("Make my account", "Buat akun saya");
    public static readonly Words Accepted = new("Your account is made. Sign in as {0}.", "Akun Anda sudah dibuat. Masuk sebagai {0}.");
    public static readonly Words ToSignIn = new("Sign in", "Masuk");
}
