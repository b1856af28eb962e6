using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>Every image starts by itself, without root, and asks nobody outside.</summary>
public sealed class ImageTests
{
    /// <summary>One stage of each kind, as they should be; the real file is longer.</summary>
    private const string Good =
        """
        # syntax=docker/dockerfile:1
        ARG BASE=somewhere/base:1
        FROM ${BASE} AS source
        RUN <<EOF
        USER nobody-in-a-script
        EOF
        FROM ${BASE} AS serving
        ENV DOTNET_EnableDiagnostics=0 \
            # The library reads it while it is loaded.
            ORT_DISABLE_TELEMETRY=1 HOME="/tmp"
        USER 1654:1654
        CMD ["--bind", "0.0.0.0"]
        FROM serving AS backend
        COPY --from=source /out /app
        EXPOSE 8080
        ENTRYPOINT ["/app/siaga-backend"]
        CMD ["--bind", "0.0.0.0", "--data", "/data"]
        FROM serving AS siaga
        ENTRYPOINT ["/app/siaga"]
        CMD ["--help"]
        """;

    [Fact]
    public void Every_image_says_how_it_starts_runs_without_root_and_reports_to_no_maker()
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "docker", "Dockerfile"));
        var targets = Dockerfile.Read(text).Targets.Select(t => t.Name);
        Assert.Equal(["backend", "ingestion", "siaga", "worker"], targets.Order(StringComparer.Ordinal));
        Assert.Empty(Faults(text));
    }

    [Fact]
    public void A_stage_that_is_as_it_should_be_has_no_fault()
    {
        Assert.Equal(["backend", "siaga"], Dockerfile.Read(Good).Targets.Select(t => t.Name));
        Assert.Empty(Faults(Good));
    }

    [Theory]
    [InlineData(@"CMD \[""--help""\]", "", "siaga: no CMD of its own; ENTRYPOINT resets that of the stage below")]
    [InlineData(@"CMD \[""--help""\]", "CMD --help", "siaga: CMD is no list, so a shell starts it")]
    [InlineData(@"ENTRYPOINT \[""/app/siaga""\]", "", "siaga: no ENTRYPOINT of its own")]
    [InlineData("USER 1654:1654", "", "siaga: runs as the image below says, not as 1654")]
    [InlineData("USER 1654:1654", "USER root", "siaga: runs as root, not as 1654")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "", "siaga: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "ORT_DISABLE_TELEMETRY=0", "siaga: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    [InlineData("EXPOSE 8080", "ENV ORT_DISABLE_TELEMETRY=0", "backend: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    public void A_stage_with_a_fault_is_named(string pattern, string instead, string fault)
    {
        var text = Regex.Replace(Good, pattern, instead, RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(Good, text);
        Assert.Contains(fault, Faults(text));
    }

    /// <summary>The rule reads the real file, too.</summary>
    [Theory]
    [InlineData(@"^CMD .*\n(?!(.*\n)*CMD )", "no CMD of its own; ENTRYPOINT resets that of the stage below")]
    [InlineData("^USER .*\n", "runs as the image below says, not as 1654")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    public void The_images_without_it_are_refused(string pattern, string fault)
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "docker", "Dockerfile"));
        var without = Regex.Replace(text, pattern, "", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        Assert.NotEqual(text, without);
        Assert.Contains(Faults(without), f => f.EndsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_that_sets_no_entrypoint_keeps_what_is_below()
    {
        var stage = Dockerfile.Read("FROM a AS b\nENTRYPOINT [\"x\"]\nCMD [\"y\"]\nFROM b AS c\nUSER 1\n").Targets.Single();
        Assert.Equal(["x"], stage.Entrypoint);
        Assert.Equal(["y"], stage.Command);
        var other = Dockerfile.Read("FROM a AS b\nENTRYPOINT [\"x\"]\nCMD [\"y\"]\nFROM b AS c\nENTRYPOINT [\"z\"]\n").Targets.Single();
        Assert.Null(other.Command);
    }

    private static IEnumerable<string> Faults(string dockerfile)
    {
        foreach (var stage in Dockerfile.Read(dockerfile).Targets)
        {
            if (stage.OwnEntrypoint is null)
                yield return $"{stage.Name}: no ENTRYPOINT of its own";
            else if (stage.OwnEntrypoint.Count == 0)
                yield return $"{stage.Name}: ENTRYPOINT is no list, so a shell starts it";
            if (stage.OwnCommand is null)
                yield return $"{stage.Name}: no CMD of its own; ENTRYPOINT resets that of the stage below";
            else if (stage.OwnCommand.Count == 0)
                yield return $"{stage.Name}: CMD is no list, so a shell starts it";
            if (stage.User?.Split(':')[0] != "1654")
                yield return $"{stage.Name}: runs as {stage.User ?? "the image below says"}, not as 1654";
            if (stage.Environment("ORT_DISABLE_TELEMETRY") != "1")
                yield return $"{stage.Name}: ORT_DISABLE_TELEMETRY=1 is not in its environment";
        }
    }
}
