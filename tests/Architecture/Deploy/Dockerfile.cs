using System.Text.Json;
using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>A stage of a Dockerfile: its own instructions, and those it inherits from the stage that it is based on.</summary>
internal sealed class Stage
{
    public required string Name { get; init; }

    /// <summary>The stage in FROM; null when that is an image.</summary>
    public Stage? Parent { get; init; }

    /// <summary>Null without an ENTRYPOINT; empty when it is not in exec form.</summary>
    public IReadOnlyList<string>? OwnEntrypoint { get; set; }

    /// <summary>Null without a CMD; empty when it is not in exec form.</summary>
    public IReadOnlyList<string>? OwnCommand { get; set; }

    public string? OwnUser { get; set; }

    public Dictionary<string, string> OwnEnvironment { get; } = new(StringComparer.Ordinal);

    public List<int> Ports { get; } = [];

    public IReadOnlyList<string>? Entrypoint => OwnEntrypoint ?? Parent?.Entrypoint;

    /// <summary>An ENTRYPOINT resets the inherited CMD.</summary>
    public IReadOnlyList<string>? Command => OwnCommand ?? (OwnEntrypoint is null ? Parent?.Command : null);

    public string? User => OwnUser ?? Parent?.User;

    public string? Environment(string name) => OwnEnvironment.GetValueOrDefault(name) ?? Parent?.Environment(name);
}

/// <summary>The stages of a Dockerfile, with the instructions that the rules need.</summary>
internal sealed partial class Dockerfile
{
    private readonly Dictionary<string, Stage> _stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);

    private Dockerfile()
    {
    }

    /// <summary>The stages that no other stage is based on or copies from: the images.</summary>
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
        if (_stages.TryGetValue(words[0], out var parent))
            _used.Add(parent.Name);
        return _stages[name] = new Stage { Name = name, Parent = parent };
    }

    /// <summary>Instructions with continued lines joined, without comments and here-documents.</summary>
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

    /// <summary>Exec form; shell form is returned as an empty list.</summary>
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
