using Siaga.App.Parts;
using Siaga.Composition.Wiring.Hosting;

return await ServiceCommand.RunAloneAsync(
    "siaga-backend", "Siaga Backend: companies, users, cameras, anomalies and their API.", BackendPart.Create(), args);
