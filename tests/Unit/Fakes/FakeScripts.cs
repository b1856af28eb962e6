using Microsoft.JSInterop;
using Siaga.App.Dashboard.Browser;
using Siaga.App.Dashboard.Localization;

namespace Siaga.Tests.Unit.Fakes;

/// <summary>The dashboard's scripts: what the browser keeps, and what it was told.</summary>
internal sealed class FakeScripts : IJSRuntime, IJSInProcessObjectReference
{
    /// <summary>What the browser keeps, by name.</summary>
    public Dictionary<string, string> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>Such as <c>title (1) Siaga</c>.</summary>
    public List<string> Told { get; } = [];

    public string Language { get; init; } = "en";

    /// <summary>The answers to a wish for a new token, in order.</summary>
    public Queue<TokenSwap> Swaps { get; } = new();

    public static BrowserInterop Browser(FakeScripts scripts)
    {
        var pages = new PageScripts(scripts);
        var loading = pages.LoadAsync();
        Assert.True(loading.IsCompletedSuccessfully);
        return new BrowserInterop(pages);
    }

    public static Localizer Localizer(Language language)
    {
        var localizer = new Localizer(Browser(new FakeScripts()));
        localizer.Choose(language);
        return localizer;
    }

    public TValue Invoke<TValue>(string identifier, params object?[]? args)
    {
        switch (identifier)
        {
            case "recall":
                return (TValue)(object?)Kept.GetValueOrDefault((string)args![0]!)!;
            case "remember" when args![1] is string value:
                Kept[(string)args[0]!] = value;
                return default!;
            case "remember":
                Kept.Remove((string)args![0]!);
                return default!;
            case "language":
                return (TValue)(object)Language;
            default:
                Told.Add(string.Join(' ', [identifier, .. args ?? []]));
                return default!;
        }
    }

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
        ValueTask.FromResult((TValue)(identifier == "import" ? this : (object)Swaps.Dequeue()));

    public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
        InvokeAsync<TValue>(identifier, args);

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
