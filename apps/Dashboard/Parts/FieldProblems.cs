using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>Error codes of forms: the text for each, and the field that it is about where the API's message does not name it.</summary>
public static class FieldProblems
{
    private static readonly LocalizedText s_unprintable = new(
        "Some characters here cannot be displayed.", "Ada karakter yang tidak dapat ditampilkan.");

    private static readonly Dictionary<string, (string? Field, LocalizedText What)> s_byCode = new(StringComparer.Ordinal)
    {
        ["name_empty"] = ("name", new("Enter a name.", "Masukkan nama.")),
        ["name_too_long"] = ("name", new("At most 200 characters.", "Maksimal 200 karakter.")),
        ["name_unprintable"] = ("name", s_unprintable),
        ["location_too_long"] = ("location", new("At most 500 characters.", "Maksimal 500 karakter.")),
        ["location_unprintable"] = ("location", s_unprintable),
        ["time_zone_unknown"] = (
            "time_zone", new("Unknown time zone. Example: Asia/Jakarta.", "Zona waktu tidak dikenal. Contoh: Asia/Jakarta.")),
        ["false_alarms_a_day_invalid"] = (
            "false_alarms_a_day", new("Enter a number from 0.01 to 1,000.", "Masukkan angka dari 0,01 sampai 1.000.")),
        ["stream_key_invalid"] = ("stream_key", new(
            "Use 1 to 64 letters, digits, - or _, and not only digits.",
            "Gunakan 1 sampai 64 huruf, angka, - atau _, dan bukan angka saja.")),
        ["stream_key_taken"] = (
            "stream_key", new("Another camera uses this stream key.", "Kunci siaran ini sudah dipakai kamera lain.")),
        ["rtsp_source_invalid"] = ("rtsp_source", new(
            "Enter an address such as rtsp://camera.local/stream.", "Masukkan alamat seperti rtsp://camera.local/stream.")),
        ["rtsp_source_too_long"] = ("rtsp_source", new("At most 1,000 characters.", "Maksimal 1.000 karakter.")),
        ["rtsp_source_unprintable"] = ("rtsp_source", s_unprintable),
        ["company_id_missing"] = ("company_id", new("Choose a company.", "Pilih perusahaan.")),
        ["company_not_found"] = ("company_id", new("This company is no longer in use.", "Perusahaan ini sudah tidak dipakai.")),
        ["email_invalid"] = ("email", new("Enter a valid email address.", "Masukkan alamat email yang valid.")),
        ["email_taken"] = ("email", new("This email already has an account.", "Email ini sudah punya akun.")),
        ["password_short"] = ("password", new("At least 8 characters.", "Minimal 8 karakter.")),
        ["password_long"] = ("password", new("At most 256 characters.", "Maksimal 256 karakter.")),
        ["password_common"] = ("password", new("This password is too easy to guess.", "Kata sandi ini terlalu mudah ditebak.")),
        ["current_password_wrong"] = (
            "current_password", new("This is not your current password.", "Ini bukan kata sandi Anda saat ini.")),
        ["role_above_own"] = (
            "role", new("You cannot give a role above your own.", "Anda tidak dapat memberi peran di atas peran Anda sendiri.")),
        ["invitation_needed"] = (
            "role", new("Operators can only join by invitation.", "Operator hanya dapat bergabung melalui undangan.")),
        ["last_superadmin"] = (null, new(
            "This is the last operator. Invite another one first.", "Ini operator terakhir. Undang operator lain dulu.")),
        ["user_not_found"] = (null, new("This person no longer exists.", "Pengguna ini sudah tidak ada.")),
        ["too_many_keys"] = (null, new(
            "The camera already has two valid keys. Revoke one first.", "Kamera sudah punya dua kunci aktif. Cabut salah satu dulu.")),
        ["invitation_not_valid"] = (null, new(
            "This invitation is invalid, already used or expired. Ask for a new one.",
            "Undangan ini tidak valid, sudah dipakai, atau kedaluwarsa. Minta yang baru.")),
        ["key_not_found"] = (null, new("This key no longer exists.", "Kunci ini sudah tidak ada.")),
        ["invitation_not_found"] = (null, new("This invitation no longer exists.", "Undangan ini sudah tidak ada.")),
        ["dead_letter_not_found"] = (null, new("This message no longer exists.", "Pesan ini sudah tidak ada.")),
        ["broker_unavailable"] = (null, new("The broker is not responding.", "Broker tidak merespons.")),
    };

    /// <summary>The field that a code is about; null when it is about the whole form.</summary>
    public static string? FieldOf(string code) => s_byCode.TryGetValue(code, out var found) ? found.Field : null;

    /// <summary>The text of a code; null for an unknown code.</summary>
    public static LocalizedText? WordsOf(string code) => s_byCode.TryGetValue(code, out var found) ? found.What : null;
}
