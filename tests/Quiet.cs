using System.Runtime.CompilerServices;
using Siaga.Inference.Onnx;

namespace Siaga.Tests;

/// <summary>Of every test program that can load ONNX Runtime: it begins as the product's own programs do, before its Main.</summary>
internal static class Quiet
{
    [ModuleInitializer]
    internal static void Begin() => OnnxTelemetry.TurnOff();
}
