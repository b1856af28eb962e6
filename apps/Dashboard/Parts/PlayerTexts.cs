using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

public static class PlayerTexts
{
    public static readonly LocalizedText Clip = new("Clip", "Klip");
    public static readonly LocalizedText PlayPause = new("Play or pause", "Putar atau jeda");
    public static readonly LocalizedText Back = new("A second back", "Mundur sedetik");
    public static readonly LocalizedText Forth = new("A second forth", "Maju sedetik");
    public static readonly LocalizedText Moment = new("To the moment", "Ke saat kejadian");
    public static readonly LocalizedText Speed = new("Speed", "Kecepatan");
    public static readonly LocalizedText Full = new("Whole screen", "Layar penuh");
    public static readonly LocalizedText Position = new("Position in the clip", "Posisi dalam klip");
    public static readonly LocalizedText Preparing = new("This browser cannot play the clip; a copy that it can is being made…", "Peramban ini tidak dapat memutar klip; salinan yang dapat diputar sedang dibuat…");
    public static readonly LocalizedText CannotPlay = new("This browser cannot play the clip.", "Peramban ini tidak dapat memutar klip.");
    public static readonly LocalizedText Download = new("Download the clip", "Unduh klip");
}
