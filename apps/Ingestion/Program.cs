using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;

return await ServiceCommand.RunAloneAsync(
    "siaga-ingestion",
    "Siaga Ingestion: receives clips from cameras, stores them and queues them for analysis.",
    IngestionPart.Create(),
    args);
