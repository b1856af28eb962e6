using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>Texts of the clip player.</summary>
public static class PlayerTexts
{
    public static readonly LocalizedText Clip = new("Clip", "Klip");
    public static readonly LocalizedText PlayPause = new("Play or pause", "Putar atau jeda");
    public static readonly LocalizedText Back = new("Back one second", "Mundur satu detik");
    public static readonly LocalizedText Forth = new("Forward one second", "Maju satu detik");
    public static readonly LocalizedText Moment = new("Go to the event", "Ke saat kejadian");
    public static readonly LocalizedText Speed = new("Speed", "Kecepatan");
    public static readonly LocalizedText Full = new("Full screen", "Layar penuh");
    public static readonly LocalizedText Position = new("Position in the clip", "Posisi dalam klip");
    public static readonly LocalizedText Preparing = new(
        "This browser cannot play the clip. Preparing a playable copy…",
        "Peramban ini tidak dapat memutar klip. Salinan yang dapat diputar sedang disiapkan…");
    public static readonly LocalizedText CannotPlay = new(
        "This browser cannot play the clip.", "Peramban ini tidak dapat memutar klip.");
    public static readonly LocalizedText Download = new("Download the clip", "Unduh klip");
}
