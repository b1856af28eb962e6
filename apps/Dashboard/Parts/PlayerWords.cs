using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Parts;

public static class PlayerWords
{
    public static readonly Words Clip = new("Clip", "Klip");
    public static readonly Words PlayPause = new("Play or pause", "Putar atau jeda");
    public static readonly Words Back = new("A second back", "Mundur sedetik");
    public static readonly Words Forth = new("A second forth", "Maju sedetik");
    public static readonly Words Moment = new("To the moment", "Ke saat kejadian");
    public static readonly Words Speed = new("Speed", "Kecepatan");
    public static readonly Words Full = new("Whole screen", "Layar penuh");
    public static readonly Words Position = new("Position in the clip", "Posisi dalam klip");
    public static readonly Words Preparing = new("This browser cannot play the clip; a copy that it can is being made…", "Peramban ini tidak dapat memutar klip; salinan yang dapat diputar sedang dibuat…");
    public static readonly Words CannotPlay = new("This browser cannot play the clip.", "Peramban ini tidak dapat memutar klip.");
    public static readonly Words Download = new("Download the clip", "Unduh klip");
}
