using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;

namespace Siaga.App.Dashboard.Parts;

/// <summary>What is wrong with a form: at its fields, or with the whole. What was typed stays.</summary>
public sealed class FormProblems(Localizer localizer)
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>A call is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What is about no field that asked; null: nothing.</summary>
    public string? Whole { get; private set; }

    /// <summary>What is said above the form that is no problem; null: nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>Somebody else was faster: it has to be read again before this can be saved.</summary>
    public bool IsStale { get; private set; }

    public bool HasAny => _fields.Count > 0 || Whole is not null;

    /// <summary>Fields that show their own problems; a problem of any other is shown above the form. Empty: as they ask.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    public void Clear()
    {
        _fields.Clear();
        (Whole, Note, IsStale) = (null, null, false);
    }

    /// <param name="field">As the API names it.</param>
    public bool Has(string field)
    {
        Shown.Add(field);
        return _fields.ContainsKey(field);
    }

    public string? TextOf(string field) => _fields.GetValueOrDefault(field);

    public void Say(string field, LocalizedText words) => _fields[field] = localizer[words];

    /// <summary>Says what is no problem, where the form is: a message of the page would lie behind a dialog.</summary>
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

    /// <summary>What a field shows after a reload: what was typed, unless that is what stood there before.</summary>
    public static string Keep(string typed, string before, string now) => typed == before ? now : typed;

    /// <summary>Makes the form's call, and keeps what is wrong.</summary>
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
