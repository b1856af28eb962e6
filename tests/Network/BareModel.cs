using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Siaga.Inference.Onnx;
using Siaga.Keras;
using Siaga.Tests.Siaga;

namespace Siaga.Tests.Network;

/// <summary>
/// A program that runs the sample model through ONNX Runtime's own API. The product cannot: its
/// adapter loads no model while telemetry is on.
/// </summary>
internal static partial class BareModel
{
    public const string WithSwitch = "with-switch";
    public const string WithoutSwitch = "without-switch";
    public const string DotNetSetter = "dotnet-setter";
    public const string EventsDisabled = "events-disabled";

    /// <summary>Through the product's adapter, which refuses.</summary>
    public const string Adapter = "adapter";

    /// <summary>The variable that turns telemetry off.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    public static int Run(string way)
    {
        // tests/Quiet.cs has set it, as in every program that can load the library.
        if (way != WithSwitch && Unset(Variable) != 0)
            throw new InvalidOperationException($"{Variable} cannot be taken out.");
        if (way == Adapter)
            return IsRefused() ? 0 : 1;
        if (way == DotNetSetter)
            Environment.SetEnvironmentVariable(Variable, "1");
        if (way == EventsDisabled)
            OrtEnv.Instance().DisableTelemetryEvents();
        using var session = new InferenceSession(KerasModel.Read(Tree.Model).Onnx.ToArray());
        var (name, input) = session.InputMetadata.Single();
        long[] shape = [.. input.Dimensions.Select(d => d < 0 ? 1L : d)];
        using var value = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (a, b) => a * b)], shape);
        using var options = new RunOptions();
        using var answer = session.Run(options, [name], [value], session.OutputNames);

        // The first report is sent after some seconds; the parent process ends this one.
        Console.Out.WriteLine(Jobs.Done);
        Console.In.ReadLine();
        return answer.Count > 0 ? 0 : 1;
    }

    private static bool IsRefused()
    {
        try
        {
            _ = new OnnxInferenceRuntime();
            return false;
        }
        catch (InvalidOperationException e)
        {
            return e.Message.Contains(nameof(OnnxTelemetry), StringComparison.Ordinal);
        }
    }

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unset(string name);
}
