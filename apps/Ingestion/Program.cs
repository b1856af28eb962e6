using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;

return await ServiceCommand.RunAloneAsync(
    "siaga-ingestion",
    "Siaga Ingestion: Takes clips from cameras, stores them and hands them over.",
    IngestionPart.Create(),
    args);
