using System.Runtime.CompilerServices;
using Siaga.Inference.Onnx;

namespace Siaga.Tests;

/// <summary>Turns telemetry off before Main, as the product's programs do, in every test program that can load ONNX Runtime.</summary>
internal static class Quiet
{
    [ModuleInitializer]
    internal static void Begin() => OnnxTelemetry.TurnOff();
}
