using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Inference.Onnx;

OnnxTelemetry.TurnOff();
return await ServiceCommand.RunAloneAsync(
    "siaga-worker", "Siaga Worker: Analyses stored clips and reports what they show.", WorkerPart.Create(), args);
