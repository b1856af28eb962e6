using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.People;

public static class PeopleTexts
{
    public static readonly LocalizedText Title = new("People", "Pengguna");
    public static readonly LocalizedText Add = new("Add person", "Tambah pengguna");
    public static readonly LocalizedText Invite = new("Invite operator", "Undang operator");
    public static readonly LocalizedText None = new("Nobody yet", "Belum ada siapa pun");
    public static readonly LocalizedText NoneWhy = new("Add the guards and administrators who work with Siaga.", "Tambahkan petugas dan administrator yang memakai Siaga.");
    public static readonly LocalizedText Waiting = new("Waiting for approval", "Menunggu persetujuan");
    public static readonly LocalizedText WaitingWhy = new("They asked for an account. Until you approve they cannot sign in.", "Mereka meminta akun. Sebelum disetujui mereka tidak bisa masuk.");
    public static readonly LocalizedText Approve = new("Approve", "Setujui");
    public static readonly LocalizedText ApproveOne = new("Approve {0}", "Setujui {0}");
    public static readonly LocalizedText Refuse = new("Refuse", "Tolak");
    public static readonly LocalizedText RefuseOne = new("Refuse {0}", "Tolak {0}");
    public static readonly LocalizedText Email = new("E-mail", "Email");
    public static readonly LocalizedText Role = new("Role", "Peran");
    public static readonly LocalizedText You = new("you", "Anda");
    public static readonly LocalizedText Password = new("Password", "Kata sandi");
    public static readonly LocalizedText PasswordHint = new("At least 8 characters. Tell it to them in person; they can change it.", "Paling sedikit 8 karakter. Sampaikan langsung; mereka bisa menggantinya.");
    public static readonly LocalizedText NewPassword = new("New password", "Kata sandi baru");
    public static readonly LocalizedText NewPasswordHint = new("Empty: it stays as it is. A new one ends their sessions.", "Kosong: tidak berubah. Yang baru mengakhiri sesi mereka.");
    public static readonly LocalizedText RoleGuard = new("Guard: watches and decides", "Petugas: memantau dan memutuskan");
    public static readonly LocalizedText RoleAdmin = new("Administrator: also cameras and people", "Administrator: juga kamera dan pengguna");
    public static readonly LocalizedText RoleOperator = new("Operator: runs the whole", "Operator: menjalankan semuanya");
    public static readonly LocalizedText AddTitle = new("Add a person", "Tambah pengguna");
    public static readonly LocalizedText EditTitle = new("Edit {0}", "Ubah {0}");
    public static readonly LocalizedText DeleteTitle = new("Delete {0}?", "Hapus {0}?");
    public static readonly LocalizedText DeleteWhy = new("Their sessions end at once and they cannot sign in any more. What they decided stays.", "Sesinya langsung berakhir dan tidak bisa masuk lagi. Keputusannya tetap tersimpan.");
    public static readonly LocalizedText Added = new("{0} can sign in now.", "{0} sekarang bisa masuk.");
    public static readonly LocalizedText Approved = new("{0} can sign in now.", "{0} sekarang bisa masuk.");

    public static readonly LocalizedText InviteTitle = new("Invite an operator", "Undang operator");
    public static readonly LocalizedText InviteWhy = new("An operator may do everything, in all companies. The link works once; hand it over in a way that nobody else reads.", "Operator boleh melakukan segalanya di semua perusahaan. Tautan hanya berlaku sekali; serahkan tanpa dibaca orang lain.");
    public static readonly LocalizedText InviteMake = new("Make the link", "Buat tautan");
    public static readonly LocalizedText InviteLink = new("Invitation for {0}, until {1}", "Undangan untuk {0}, sampai {1}");
    public static readonly LocalizedText Invitations = new("Open invitations", "Undangan terbuka");
    public static readonly LocalizedText InvitedUntil = new("until {0}", "sampai {0}");
    public static readonly LocalizedText RevokeInvitation = new("Revoke the invitation of {0}", "Cabut undangan {0}");

    public static readonly LocalizedText MyAccount = new("Your account", "Akun Anda");
    public static readonly LocalizedText ChangePassword = new("Change your password", "Ganti kata sandi Anda");
    public static readonly LocalizedText ChangePasswordWhy = new("Your other sessions end; this one goes on.", "Sesi Anda yang lain berakhir; yang ini berlanjut.");
    public static readonly LocalizedText CurrentPassword = new("Current password", "Kata sandi sekarang");
    public static readonly LocalizedText Change = new("Change it", "Ganti");
    public static readonly LocalizedText Changed = new("Your password is changed.", "Kata sandi Anda sudah diganti.");

    public static readonly LocalizedText WelcomeTitle = new("Become an operator", "Jadi operator");
    public static readonly LocalizedText WelcomeWhy = new("You were invited to Siaga. Choose a password that nobody else knows.", "Anda diundang ke Siaga. Pilih kata sandi yang tidak diketahui orang lain.");
    public static readonly LocalizedText WelcomeNoToken = new("This link lacks its invitation. Open the whole link that you were given.", "Tautan ini tidak lengkap. Buka tautan lengkap yang Anda terima.");
    public static readonly LocalizedText YourName = new("Your name", "Nama Anda");
    public static readonly LocalizedText Accept = new("Make my account", "Buat akun saya");
    public static readonly LocalizedText Accepted = new("Your account is made. Sign in as {0}.", "Akun Anda sudah dibuat. Masuk sebagai {0}.");
    public static readonly LocalizedText ToSignIn = new("Sign in", "Masuk");
}
