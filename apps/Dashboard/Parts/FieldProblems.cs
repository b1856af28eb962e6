using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>The problems of forms: which field each is about where the API's sentence does not name it, and what it is called here.</summary>
public static class FieldProblems
{
    private static readonly Dictionary<string, (string? Field, LocalizedText What)> s_byCode = new(StringComparer.Ordinal)
    {
        ["name_empty"] = ("name", new("A name is needed.", "Nama wajib diisi.")),
        ["name_too_long"] = ("name", new("At most 200 characters.", "Paling banyak 200 karakter.")),
        ["name_unprintable"] = ("name", new("Some characters here cannot be shown.", "Ada karakter yang tidak dapat ditampilkan.")),
        ["location_too_long"] = ("location", new("At most 500 characters.", "Paling banyak 500 karakter.")),
        ["location_unprintable"] = ("location", new("Some characters here cannot be shown.", "Ada karakter yang tidak dapat ditampilkan.")),
        ["time_zone_unknown"] = ("time_zone", new("No such time zone. An example: Asia/Jakarta.", "Zona waktu tidak dikenal. Contoh: Asia/Jakarta.")),
        ["false_alarms_a_day_invalid"] = ("false_alarms_a_day", new("A number from 0.01 to 1000.", "Angka dari 0,01 sampai 1000.")),
        ["stream_key_invalid"] = ("stream_key", new("1 to 64 letters, digits, - or _, and not digits alone.", "1 sampai 64 huruf, angka, - atau _, dan bukan angka saja.")),
        ["stream_key_taken"] = ("stream_key", new("Another camera uses this stream key.", "Kunci siaran ini dipakai kamera lain.")),
        ["rtsp_source_invalid"] = ("rtsp_source", new("An address such as rtsp://camera.local/stream.", "Alamat seperti rtsp://camera.local/stream.")),
        ["rtsp_source_too_long"] = ("rtsp_source", new("At most 1000 characters.", "Paling banyak 1000 karakter.")),
        ["rtsp_source_unprintable"] = ("rtsp_source", new("Some characters here cannot be shown.", "Ada karakter yang tidak dapat ditampilkan.")),
        ["company_id_missing"] = ("company_id", new("Choose a company.", "Pilih perusahaan.")),
        ["company_not_found"] = ("company_id", new("This company is no longer in use.", "Perusahaan ini sudah tidak dipakai.")),
        ["email_invalid"] = ("email", new("This is no e-mail address.", "Ini bukan alamat email.")),
        ["email_taken"] = ("email", new("This e-mail has an account already.", "Email ini sudah punya akun.")),
        ["password_short"] = ("password", new("At least 8 characters.", "Paling sedikit 8 karakter.")),
        ["password_long"] = ("password", new("At most 256 characters.", "Paling banyak 256 karakter.")),
        ["password_common"] = ("password", new("This password is among the first that are guessed.", "Kata sandi ini termasuk yang pertama ditebak orang.")),
        ["current_password_wrong"] = ("current_password", new("This is not your password.", "Ini bukan kata sandi Anda.")),
        ["role_above_own"] = ("role", new("Nobody gives a role above their own.", "Peran tidak boleh di atas peran Anda sendiri.")),
        ["invitation_needed"] = ("role", new("Operators come by invitation only.", "Operator hanya melalui undangan.")),
        ["last_superadmin"] = (null, new("This is the last operator; invite another first.", "Ini operator terakhir; undang yang lain dulu.")),
        ["user_not_found"] = (null, new("There is no such person any more.", "Pengguna itu sudah tidak ada.")),
        ["too_many_keys"] = (null, new("The camera has two valid keys already; revoke one first.", "Kamera sudah punya dua kunci aktif; cabut salah satu dulu.")),
        ["invitation_not_valid"] = (null, new("This invitation is wrong, used or over. Ask for another.", "Undangan ini salah, sudah dipakai, atau kedaluwarsa. Minta yang baru.")),
        ["key_not_found"] = (null, new("There is no such key any more.", "Kunci itu sudah tidak ada.")),
        ["invitation_not_found"] = (null, new("There is no such invitation any more.", "Undangan itu sudah tidak ada.")),
        ["dead_letter_not_found"] = (null, new("This message is gone already.", "Pesan ini sudah tidak ada.")),
        ["broker_unavailable"] = (null, new("The broker does not answer.", "Broker tidak menjawab.")),
    };

    /// <summary>Null: it is about the whole.</summary>
    public static string? FieldOf(string code) => s_byCode.TryGetValue(code, out var found) ? found.Field : null;

    public static LocalizedText? WordsOf(string code) => s_byCode.TryGetValue(code, out var found) ? found.What : null;
}
