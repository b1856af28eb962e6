using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.People;

/// <summary>Texts of the pages about accounts and invitations.</summary>
public static class PeopleTexts
{
    public static readonly LocalizedText Title = new("People", "Pengguna");
    public static readonly LocalizedText Add = new("Add person", "Tambah pengguna");
    public static readonly LocalizedText Invite = new("Invite operator", "Undang operator");
    public static readonly LocalizedText None = new("No people yet", "Belum ada pengguna");
    public static readonly LocalizedText NoneWhy = new(
        "Add the guards and administrators who work with Siaga.", "Tambahkan petugas dan administrator yang memakai Siaga.");
    public static readonly LocalizedText Waiting = new("Waiting for approval", "Menunggu persetujuan");
    public static readonly LocalizedText WaitingWhy = new(
        "They requested an account. They cannot sign in until you approve it.",
        "Mereka meminta akun dan belum dapat masuk sebelum Anda setujui.");
    public static readonly LocalizedText Approve = new("Approve", "Setujui");
    public static readonly LocalizedText ApproveOne = new("Approve {0}", "Setujui {0}");
    public static readonly LocalizedText Refuse = new("Reject", "Tolak");
    public static readonly LocalizedText RefuseOne = new("Reject {0}", "Tolak {0}");
    public static readonly LocalizedText Email = new("Email", "Email");
    public static readonly LocalizedText Role = new("Role", "Peran");
    public static readonly LocalizedText You = new("you", "Anda");
    public static readonly LocalizedText Password = new("Password", "Kata sandi");
    public static readonly LocalizedText PasswordHint = new(
        "At least 8 characters. Share it in person; they can change it later.",
        "Minimal 8 karakter. Sampaikan secara langsung; pengguna dapat menggantinya nanti.");
    public static readonly LocalizedText NewPassword = new("New password", "Kata sandi baru");
    public static readonly LocalizedText NewPasswordHint = new(
        "Leave empty to keep the current password. A new one ends their sessions.",
        "Kosongkan jika tidak ingin mengganti. Kata sandi baru mengakhiri semua sesinya.");
    public static readonly LocalizedText RoleGuard = new("Guard: watches and decides", "Petugas: memantau dan memutuskan");
    public static readonly LocalizedText RoleAdmin = new(
        "Administrator: also manages cameras and people", "Administrator: juga mengelola kamera dan pengguna");
    public static readonly LocalizedText AddTitle = new("Add a person", "Tambah pengguna");
    public static readonly LocalizedText EditTitle = new("Edit {0}", "Ubah {0}");
    public static readonly LocalizedText DeleteTitle = new("Delete {0}?", "Hapus {0}?");
    public static readonly LocalizedText DeleteWhy = new(
        "They are signed out at once and can no longer sign in. Their decisions are kept.",
        "Sesinya langsung berakhir dan pengguna tidak dapat masuk lagi. Keputusannya tetap disimpan.");
    public static readonly LocalizedText Added = new("{0} can sign in now.", "{0} sekarang dapat masuk.");
    public static readonly LocalizedText Approved = new("{0} can sign in now.", "{0} sekarang dapat masuk.");

    public static readonly LocalizedText InviteTitle = new("Invite an operator", "Undang operator");
    public static readonly LocalizedText InviteWhy = new(
        "An operator can do everything in all companies. The link works once: share it only with the person you invite.",
        "Operator dapat melakukan semuanya di semua perusahaan. Tautan hanya berlaku sekali: berikan hanya kepada orang yang diundang.");
    public static readonly LocalizedText InviteMake = new("Create link", "Buat tautan");
    public static readonly LocalizedText InviteLink = new("Invitation for {0}, valid until {1}", "Undangan untuk {0}, berlaku sampai {1}");
    public static readonly LocalizedText Invitations = new("Pending invitations", "Undangan yang belum diterima");
    public static readonly LocalizedText InvitedUntil = new("valid until {0}", "berlaku sampai {0}");
    public static readonly LocalizedText RevokeInvitation = new("Revoke the invitation for {0}", "Cabut undangan untuk {0}");

    public static readonly LocalizedText MyAccount = new("Your account", "Akun Anda");
    public static readonly LocalizedText ChangePassword = new("Change your password", "Ganti kata sandi Anda");
    public static readonly LocalizedText ChangePasswordWhy = new(
        "Your other sessions end; this one continues.", "Sesi Anda yang lain berakhir; sesi ini tetap berlanjut.");
    public static readonly LocalizedText CurrentPassword = new("Current password", "Kata sandi saat ini");
    public static readonly LocalizedText Change = new("Change password", "Ganti kata sandi");
    public static readonly LocalizedText Changed = new("Your password has been changed.", "Kata sandi Anda sudah diganti.");

    public static readonly LocalizedText WelcomeTitle = new("Set up your operator account", "Siapkan akun operator Anda");
    public static readonly LocalizedText WelcomeWhy = new(
        "You have been invited to Siaga. Choose a password that only you know.",
        "Anda diundang ke Siaga. Pilih kata sandi yang hanya Anda ketahui.");
    public static readonly LocalizedText WelcomeNoToken = new(
        "This link is incomplete. Open the full link that you received.",
        "Tautan ini tidak lengkap. Buka tautan lengkap yang Anda terima.");
    public static readonly LocalizedText YourName = new("Your name", "Nama Anda");
    public static readonly LocalizedText Accept = new("Create my account", "Buat akun saya");
    public static readonly LocalizedText Accepted = new(
        "Your account has been created. Sign in as {0}.", "Akun Anda sudah dibuat. Masuk sebagai {0}.");
    public static readonly LocalizedText ToSignIn = new("Sign in", "Masuk");
}
