using System.Text.RegularExpressions;

namespace Siaga.Tests.Architecture;

/// <summary>No program of the repository sends telemetry to the vendors of its tools and libraries.</summary>
public sealed partial class Telemetry
{
    private const string Onnx = "platform/Inference.Onnx";
    private const string FirstAct = "OnnxTelemetry.TurnOff();";

    private static readonly string[] s_programs = ["apps", "bench", "samples", "tests"];

    [Fact]
    public void Every_program_that_can_load_ONNX_Runtime_switches_its_telemetry_off_first()
    {
        var programs = Tree.Projects.Keys.Where(p => s_programs.Contains(p.Split('/')[0]) && Reaches(p)).ToList();
        Assert.Contains("apps/Siaga", programs);
        Assert.Contains("apps/Worker", programs);
        Assert.Contains("tests/Siaga", programs);
        Assert.DoesNotContain("apps/Backend", programs);
        Assert.Equal([], programs.Where(p => !BeginsQuietly(p)));
    }

    [Fact]
    public void ONNX_Runtime_is_reached_by_its_adapter_alone()
    {
        var packages = Tree.Projects.Keys.Where(p => Tree.Load(p).Descendants("PackageReference")
            .Any(r => r.Attribute("Include")?.Value.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal) == true));
        Assert.Equal([Onnx], packages);
    }

    [Theory]
    [InlineData("using A;\n\n// Why.\nOnnxTelemetry.TurnOff();\nreturn 0;", true)]
    [InlineData("using A;\nvar late = new Late();\nOnnxTelemetry.TurnOff();", false)]
    [InlineData("using A;\n// OnnxTelemetry.TurnOff();\nreturn 0;", false)]
    public void The_rule_knows_what_comes_first(string program, bool isFirst) => Assert.Equal(isFirst, IsFirstAct(program.Split('\n')));

    /// <summary>tests/Directory.Build.targets removes it from every test program.</summary>
    [Fact]
    public void The_tests_hold_no_reporter_of_the_test_platform() => Assert.DoesNotContain(
        typeof(Telemetry).Assembly.GetReferencedAssemblies(), a => a.Name!.Contains("Telemetry", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_script_that_calls_dotnet_opts_out_of_its_telemetry_before()
    {
        var scripts = Directory.GetFiles(Path.Combine(Tree.Root, "eng")).Append(Path.Combine(Tree.Root, ".ci", "run"))
            .Where(f => Path.GetExtension(f).Length == 0).ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        Assert.Matches(CallsDotnet(), scripts["test"]);
        Assert.Equal([], scripts.Where(s => !OptsOut(s.Value)).Select(s => s.Key));
    }

    [Fact]
    public void The_rule_finds_a_script_that_opts_out_too_late()
    {
        Assert.True(OptsOut("#!/bin/sh\nexport DOTNET_CLI_TELEMETRY_OPTOUT=1\n  dotnet build\n"));
        Assert.True(OptsOut("command -v dotnet >/dev/null\n"));
        Assert.False(OptsOut("if ! A=1 dotnet build; then\nexport DOTNET_CLI_TELEMETRY_OPTOUT=1\nfi\n"));
    }

    private static bool OptsOut(string script)
    {
        var call = CallsDotnet().Match(script);
        var export = OptOut().Match(script);
        return !call.Success || (export.Success && export.Index < call.Index);
    }

    private static bool BeginsQuietly(string project)
    {
        var program = Path.Combine(Tree.Root, project, "Program.cs");
        return Tree.Load(project).Descendants("Compile").Any(c => c.Attribute("Include")?.Value == "../Quiet.cs")
            || (File.Exists(program) && IsFirstAct(File.ReadLines(program)));
    }

    private static bool IsFirstAct(IEnumerable<string> program) =>
        program.Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !BeforeAnyAct().IsMatch(l)) == FirstAct;

    /// <summary>
    /// Whether a project loads the adapter into its own process. References that it only starts as other processes do not count.
    /// </summary>
    private static bool Reaches(string project) => project == Onnx || Tree.Load(project).Descendants("ProjectReference")
        .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false")
        .Any(r => Reaches(Path.GetRelativePath(Tree.Root, Path.GetFullPath(
            Path.Combine(Tree.Root, project, Path.GetDirectoryName(r.Attribute("Include")!.Value)!))).Replace('\\', '/')));

    // Matches it as a command, not as a word in a comment or after `command -v`.
    [GeneratedRegex(
        @"^[^#\n]*?(?<!command -v )\bdotnet (build|publish|run|restore|test|tool|build-server)\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CallsDotnet();

    [GeneratedRegex("^(using |//)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BeforeAnyAct();

    [GeneratedRegex(@"^\s*export [^\n]*\bDOTNET_CLI_TELEMETRY_OPTOUT=1\b", RegexOptions.Multiline, 1000)]
    private static partial Regex OptOut();
}
