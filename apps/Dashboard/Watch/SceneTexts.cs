using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Why the scene detector raised an anomaly. The measured values stand in a tooltip.</summary>
public static class SceneTexts
{
    public static readonly LocalizedText Faster = new("Faster than usual here.", "Lebih cepat dari biasanya di sini.");
    public static readonly LocalizedText TimesFaster = new(
        "About {0} times faster than usual here.", "Sekitar {0} kali lebih cepat dari biasanya di sini.");
    public static readonly LocalizedText MuchFaster = new(
        "More than {0} times faster than usual here.", "Lebih dari {0} kali lebih cepat dari biasanya di sini.");
    public static readonly LocalizedText SpeedValues = new(
        "Measured {0} px/s; usual here: {1} px/s.", "Terukur {0} px/dtk; biasanya di sini {1} px/dtk.");

    public static readonly LocalizedText MoreMovement = new(
        "More movement than usual here.", "Lebih banyak gerakan dari biasanya di sini.");
    public static readonly LocalizedText TimesMoreMovement = new(
        "About {0} times as much movement as usual here.", "Gerakan sekitar {0} kali lebih banyak dari biasanya di sini.");
    public static readonly LocalizedText MuchMoreMovement = new(
        "More than {0} times as much movement as usual here.", "Gerakan lebih dari {0} kali lebih banyak dari biasanya di sini.");
    public static readonly LocalizedText SizeValues = new(
        "{0} of the surroundings is moving; usual here: {1}.", "{0} dari area sekitarnya bergerak; biasanya di sini {1}.");

    public static readonly LocalizedText Place = new(
        "Activity in a normally empty area (active {0} of the time).",
        "Ada aktivitas di area yang biasanya kosong (aktif {0} dari seluruh waktu).");
    public static readonly LocalizedText PlaceValues = new("Active {0} % of the time.", "Aktif {0} % dari seluruh waktu.");

    public static readonly LocalizedText Direction = new(
        "Moves in a direction that is rare here ({0} of movements).",
        "Bergerak ke arah yang jarang di sini ({0} dari semua gerakan).");
    public static readonly LocalizedText DirectionValues = new(
        "{0} % of the movements here have this direction.", "{0} % dari gerakan di sini menuju arah ini.");

    public static readonly LocalizedText Scene = new(
        "The picture as a whole looks unlike anything seen here before.",
        "Gambar secara keseluruhan berbeda dari semua yang pernah terlihat di sini.");
    public static readonly LocalizedText SceneValues = new(
        "Difference {0}; usually below {1}.", "Perbedaan {0}; biasanya di bawah {1}.");

    public static readonly LocalizedText Percent = new("{0} %", "{0} %");
    public static readonly LocalizedText LessThanPercent = new("less than {0} %", "kurang dari {0} %");
}
