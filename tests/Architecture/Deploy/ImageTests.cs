using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture.Deploy;

/// <summary>Every image starts without arguments, runs without root and sends no telemetry.</summary>
public sealed class ImageTests
{
    /// <summary>A small Dockerfile without faults.</summary>
    private const string Good =
        """
        # syntax=docker/dockerfile:1
        ARG BASE=somewhere/base:1
        FROM ${BASE} AS source
        RUN <<EOF
        USER of-a-script
        EOF
        FROM ${BASE} AS serving
        ENV DOTNET_EnableDiagnostics=0 \
            # Read when the library is loaded.
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
    public void Every_image_has_its_own_start_command_runs_without_root_and_sends_no_telemetry()
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "docker", "Dockerfile"));
        var targets = Dockerfile.Read(text).Targets.Select(t => t.Name);
        Assert.Equal(["backend", "ingestion", "siaga", "worker"], targets.Order(StringComparer.Ordinal));
        Assert.Empty(Faults(text));
    }

    [Fact]
    public void A_correct_Dockerfile_has_no_fault()
    {
        Assert.Equal(["backend", "siaga"], Dockerfile.Read(Good).Targets.Select(t => t.Name));
        Assert.Empty(Faults(Good));
    }

    [Theory]
    [InlineData(@"CMD \[""--help""\]", "", "siaga: no CMD of its own; ENTRYPOINT resets the inherited one")]
    [InlineData(@"CMD \[""--help""\]", "CMD --help", "siaga: CMD is not in exec form (a JSON list)")]
    [InlineData(@"ENTRYPOINT \[""/app/siaga""\]", "", "siaga: no ENTRYPOINT of its own")]
    [InlineData("USER 1654:1654", "", "siaga: USER is that of the base image, not 1654")]
    [InlineData("USER 1654:1654", "USER root", "siaga: USER is root, not 1654")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "", "siaga: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "ORT_DISABLE_TELEMETRY=0", "siaga: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    [InlineData("EXPOSE 8080", "ENV ORT_DISABLE_TELEMETRY=0", "backend: ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    public void A_stage_with_a_fault_is_named(string pattern, string instead, string fault)
    {
        var text = Regex.Replace(Good, pattern, instead, RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.NotEqual(Good, text);
        Assert.Contains(fault, Faults(text));
    }

    /// <summary>The same faults in the real file.</summary>
    [Theory]
    [InlineData(@"^CMD .*\n(?!(.*\n)*CMD )", "no CMD of its own; ENTRYPOINT resets the inherited one")]
    [InlineData("^USER .*\n", "USER is that of the base image, not 1654")]
    [InlineData("ORT_DISABLE_TELEMETRY=1", "ORT_DISABLE_TELEMETRY=1 is not in its environment")]
    public void The_real_file_with_a_fault_is_refused(string pattern, string fault)
    {
        var text = File.ReadAllText(Path.Combine(Tree.Root, "deploy", "docker", "Dockerfile"));
        var without = Regex.Replace(text, pattern, "", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        Assert.NotEqual(text, without);
        Assert.Contains(Faults(without), f => f.EndsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_stage_without_its_own_ENTRYPOINT_inherits_CMD_and_one_with_it_does_not()
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
                yield return $"{stage.Name}: ENTRYPOINT is not in exec form (a JSON list)";
            if (stage.OwnCommand is null)
                yield return $"{stage.Name}: no CMD of its own; ENTRYPOINT resets the inherited one";
            else if (stage.OwnCommand.Count == 0)
                yield return $"{stage.Name}: CMD is not in exec form (a JSON list)";
            if (stage.User?.Split(':')[0] != "1654")
                yield return $"{stage.Name}: USER is {stage.User ?? "that of the base image"}, not 1654";
            if (stage.Environment("ORT_DISABLE_TELEMETRY") != "1")
                yield return $"{stage.Name}: ORT_DISABLE_TELEMETRY=1 is not in its environment";
        }
    }
}
