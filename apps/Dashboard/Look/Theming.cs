using MudBlazor;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Look;

/// <summary>
/// The theme. Dark is the default, because guards work in dark rooms. MudBlazor's components take their colours from here; they are the
/// same as in css/look.css.
/// </summary>
public sealed class Theming(BrowserInterop browser, Localizer localizer)
{
    private const string Kept = "siaga.theme";

    public bool IsDark { get; private set; } = true;

    public event Action? Changed;

    public static MudTheme Theme { get; } = new()
    {
        PaletteDark = new PaletteDark
        {
            Black = "#0b0f14",
            Background = "#0b0f14",
            Surface = "#131a22",
            DrawerBackground = "#0e141b",
            AppbarBackground = "#0e141b",
            AppbarText = "#e6edf3",
            TextPrimary = "#e6edf3",
            TextSecondary = "#a3b1bf",
            ActionDefault = "#a3b1bf",
            Primary = "#4fc3b3",
            PrimaryContrastText = "#06201d",
            Secondary = "#7db7ff",
            SecondaryContrastText = "#06182c",
            Info = "#7db7ff",
            InfoContrastText = "#06182c",
            Success = "#5fd19b",
            SuccessContrastText = "#06201d",
            Warning = "#ffb454",
            WarningContrastText = "#2a1a00",
            Error = "#ff7b72",
            ErrorContrastText = "#2b0503",
            LinesDefault = "#263240",
            LinesInputs = "#6b7d8f",
            TableLines = "#263240",
            Divider = "#263240",
        },
        PaletteLight = new PaletteLight
        {
            Background = "#f3f5f7",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#14202b",
            TextPrimary = "#14202b",
            TextSecondary = "#4d5b68",
            ActionDefault = "#4d5b68",
            Primary = "#0b6f66",
            Secondary = "#0a5ca8",
            Info = "#0a5ca8",
            Success = "#17693f",
            Warning = "#8a5200",
            Error = "#b3261e",
            LinesDefault = "#d5dce3",
            LinesInputs = "#75838f",
            TableLines = "#d5dce3",
            Divider = "#d5dce3",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = ["Inter", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"],
                FontSize = ".875rem",
                LetterSpacing = "normal",
            },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };

    public void Begin()
    {
        IsDark = browser.Recall(Kept) != "light";
        Dress();
        localizer.Changed += Dress;
    }

    public void Choose(bool dark)
    {
        IsDark = dark;
        browser.Remember(Kept, Name);
        Dress();
        Changed?.Invoke();
    }

    private string Name => IsDark ? "dark" : "light";

    private void Dress() => browser.Dress(Name, localizer.Code);
}
