using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>Problems of a form: of single fields, or of the whole form.</summary>
public sealed class FormProblems(Localizer localizer)
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>True while a call is running.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>A problem that belongs to no visible field; null for none.</summary>
    public string? Whole { get; private set; }

    /// <summary>A notice above the form that is no problem; null for none.</summary>
    public string? Note { get; private set; }

    /// <summary>Another user has changed the object: it must be reloaded before it can be saved.</summary>
    public bool IsStale { get; private set; }

    public bool HasAny => _fields.Count > 0 || Whole is not null;

    /// <summary>Fields that show their own problems. Each field adds itself; problems of other fields are shown above the form.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    public void Clear()
    {
        _fields.Clear();
        (Whole, Note, IsStale) = (null, null, false);
    }

    /// <param name="field">The API's name of the field.</param>
    public bool Has(string field)
    {
        Shown.Add(field);
        return _fields.ContainsKey(field);
    }

    public string? TextOf(string field) => _fields.GetValueOrDefault(field);

    public void Say(string field, LocalizedText words) => _fields[field] = localizer[words];

    /// <summary>Shows a notice above the form. A snackbar would be hidden behind a dialog.</summary>
    public void Tell(LocalizedText words) => Note = localizer[words];

    public void Say(Problem problem)
    {
        var text = localizer.Tell(problem);
        IsStale |= problem.Code == Problem.ChangedMeanwhile.Code;
        if ((problem.Field ?? FieldProblems.FieldOf(problem.Code)) is { } field && Shown.Contains(field))
            _fields[field] = text;
        else
            Whole = text;
    }

    /// <summary>A field's value after a reload: the typed value if it was changed here, otherwise the current one.</summary>
    public static string Keep(string typed, string before, string now) => typed == before ? now : typed;

    /// <summary>Runs the form's call and keeps its problem.</summary>
    public async Task<Answer<T>> RunAsync<T>(Func<Task<Answer<T>>> call)
    {
        IsBusy = true;
        Clear();
        try
        {
            var answer = await call();
            if (answer.Problem is { } problem)
                Say(problem);
            return answer;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
