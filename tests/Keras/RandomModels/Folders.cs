using System.Text;

namespace Siaga.Tests.Keras.RandomModels;

/// <summary>Folder names of a <c>.keras</c> archive, after keras/src/utils/naming.py.</summary>
internal static class Folders
{
    public static IEnumerable<string> Of(IEnumerable<string> classNames)
    {
        var seen = new Dictionary<string, int>();
        foreach (var name in classNames.Select(Snake))
        {
            var count = seen[name] = seen.GetValueOrDefault(name, -1) + 1;
            yield return count == 0 ? name : $"{name}_{count}";
        }
    }

    /// <summary>Two replacements: "(.)([A-Z][a-z]+)" and then "([a-z])([A-Z])", each by "\1_\2".</summary>
    public static string Snake(string name)
    {
        var once = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]))
                once.Append('_');
            once.Append(name[i]);
        }

        var twice = new StringBuilder();
        for (var i = 0; i < once.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterLower(once[i - 1]) && char.IsAsciiLetterUpper(once[i]))
                twice.Append('_');
            twice.Append(once[i]);
        }

        return twice.ToString().ToLowerInvariant();
    }
}
