using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Inference.Onnx;
using Siaga.Video.OpenCv;

OnnxTelemetry.TurnOff();
OpenCvMessages.TurnOff();
return await ServiceCommand.RunAloneAsync(
    "siaga-worker", "Siaga Worker: analyses stored clips and reports the results.", WorkerPart.Create(), args);
