using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Watch;

/// <summary>Types of anomalies, as detectors and common models name them.</summary>
public static class LabelTexts
{
    private static readonly Dictionary<string, LocalizedText> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        // The scene detector's types, and what the detector of covered lenses finds.
        ["unusual_direction"] = new("Unusual direction", "Arah tidak biasa"),
        ["unusual_place"] = new("Unusual place", "Tempat tidak biasa"),
        ["unusual_scene"] = new("Unusual scene", "Adegan tidak biasa"),
        ["unusual_size"] = new("Unusual size", "Ukuran tidak biasa"),
        ["unusual_speed"] = new("Unusual speed", "Kecepatan tidak biasa"),
        ["black_picture"] = new("Covered lens", "Lensa tertutup"),

        // Labels of models.
        ["abuse"] = new("Abuse", "Kekerasan"),
        ["accident"] = new("Accident", "Kecelakaan"),
        ["anomaly"] = new("Anomaly", "Anomali"),
        ["arrest"] = new("Arrest", "Penangkapan"),
        ["arson"] = new("Arson", "Pembakaran"),
        ["assault"] = new("Assault", "Penyerangan"),
        ["brawl"] = new("Brawl", "Perkelahian"),
        ["burglary"] = new("Burglary", "Pembobolan"),
        ["climbing"] = new("Climbing", "Memanjat"),
        ["explosion"] = new("Explosion", "Ledakan"),
        ["fall"] = new("Fall", "Jatuh"),
        ["fight"] = new("Fight", "Perkelahian"),
        ["fighting"] = new("Fighting", "Perkelahian"),
        ["fire"] = new("Fire", "Kebakaran"),
        ["intrusion"] = new("Intrusion", "Penyusupan"),
        ["loitering"] = new("Loitering", "Berkeliaran"),
        ["normal"] = new("Normal", "Normal"),
        ["road_accident"] = new("Road accident", "Kecelakaan lalu lintas"),
        ["robbery"] = new("Robbery", "Perampokan"),
        ["shooting"] = new("Shooting", "Penembakan"),
        ["shoplifting"] = new("Shoplifting", "Pengutilan"),
        ["smoke"] = new("Smoke", "Asap"),
        ["stealing"] = new("Stealing", "Pencurian"),
        ["unusual"] = new("Unusual", "Tidak biasa"),
        ["vandalism"] = new("Vandalism", "Perusakan"),
        ["violence"] = new("Violence", "Kekerasan"),
    };

    /// <summary>The type in the reader's language. An unknown one is shown as the model names it, without its underscores.</summary>
    public static string Label(this Localizer localizer, string type)
    {
        if (s_known.TryGetValue(type, out var words))
            return localizer[words];
        var plain = type.Replace('_', ' ').Trim();
        return plain.Length == 0 ? type : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
