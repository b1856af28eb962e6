using System.Text.Json;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>What a stage of a Dockerfile says itself, and what it has of the one that it stands on.</summary>
internal sealed class Stage
{
    public required string Name { get; init; }

    /// <summary>The stage that it stands on; null when that is an image.</summary>
    public Stage? Below { get; init; }

    /// <summary>Program and first arguments; null when it says none, empty when it says one that is no list.</summary>
    public IReadOnlyList<string>? OwnEntrypoint { get; set; }

    /// <summary>Arguments where nobody gives any; null when it says none, empty when it says one that is no list.</summary>
    public IReadOnlyList<string>? OwnCommand { get; set; }

    public string? OwnUser { get; set; }

    public Dictionary<string, string> OwnEnvironment { get; } = new(StringComparer.Ordinal);

    public List<int> Ports { get; } = [];

    public IReadOnlyList<string>? Entrypoint => OwnEntrypoint ?? Below?.Entrypoint;

    /// <summary>The rule that is easily forgotten: who sets ENTRYPOINT has lost the CMD of the stage below.</summary>
    public IReadOnlyList<string>? Command => OwnCommand ?? (OwnEntrypoint is null ? Below?.Command : null);

    public string? User => OwnUser ?? Below?.User;

    public string? Environment(string name) => OwnEnvironment.GetValueOrDefault(name) ?? Below?.Environment(name);
}

/// <summary>The stages of a Dockerfile in their order, as far as rules ask for them.</summary>
internal sealed partial class Dockerfile
{
    private readonly Dictionary<string, Stage> _stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    private Dockerfile()
    {
    }

    /// <summary>Those that no other stage stands on or copies from: the images that are built from it.</summary>
    public IEnumerable<Stage> Targets => _stages.Values.Where(s => !_used.Contains(s.Name));

    public static Dockerfile Read(string text)
    {
        var file = new Dockerfile();
        Stage? stage = null;
        foreach (var (instruction, rest) in Instructions(text))
            stage = file.Take(stage, instruction, rest);
        return file;
    }

    private Stage? Take(Stage? stage, string instruction, string rest)
    {
        foreach (var from in OtherStage().Matches(instruction is "COPY" or "RUN" or "ADD" ? rest : "").ToList())
            _used.Add(from.Groups["name"].Value);
        switch (instruction)
        {
            case "FROM":
                return Begin(rest);
            case "ENTRYPOINT" when stage is not null:
                stage.OwnEntrypoint = List(rest);
                break;
            case "CMD" when stage is not null:
                stage.OwnCommand = List(rest);
                break;
            case "USER" when stage is not null:
                stage.OwnUser = rest;
                break;
            case "EXPOSE" when stage is not null:
                stage.Ports.AddRange(rest.Split(' ').Select(p => int.Parse(p.Split('/')[0])));
                break;
            case "ENV" when stage is not null:
                foreach (var (name, value) in Variables(rest))
                    stage.OwnEnvironment[name] = value;
                break;
        }
        return stage;
    }

    private Stage Begin(string rest)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        words = [.. words.Where(w => !w.StartsWith("--", StringComparison.Ordinal))];
        var name = words is [_, _, var given] ? given : $"#{_stages.Count}";
        if (_stages.TryGetValue(words[0], out var below))
            _used.Add(below.Name);
        return _stages[name] = new Stage { Name = name, Below = below };
    }

    /// <summary>Instructions with lines that go on joined, without comments and without the bodies of here-documents.</summary>
    private static IEnumerable<(string Instruction, string Words)> Instructions(string text)
    {
        var whole = "";
        var ends = new Queue<string>();
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (ends.TryPeek(out var end))
            {
                if (line == end)
                    ends.Dequeue();
                continue;
            }
            if (line.Length == 0 || line[0] == '#')
                continue;
            whole += line.TrimEnd('\\') + " ";
            if (line.EndsWith('\\'))
                continue;
            foreach (var here in HereDocument().Matches(whole).ToList())
                ends.Enqueue(here.Groups["end"].Value);
            var parts = whole.Trim().Split(' ', 2);
            yield return (parts[0].ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : "");
            whole = "";
        }
    }

    /// <summary>Of the form with brackets; the other one starts a shell, which is no list of arguments.</summary>
    private static IReadOnlyList<string> List(string rest)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(rest) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Name, string Value)> Variables(string rest) =>
        Variable().Matches(rest).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value.Trim('"', '\'')));

    [GeneratedRegex(@"(--from=|\bfrom=)(?<name>[\w.-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherStage();

    [GeneratedRegex(@"<<-?[""']?(?<end>\w+)[""']?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HereDocument();

    [GeneratedRegex(@"(?<name>\w+)=(?<value>""[^""]*""|'[^']*'|\S*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
