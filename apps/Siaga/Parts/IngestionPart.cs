using Siaga.Composition.Ingestion;
using Siaga.Composition.Wiring;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;

namespace Siaga.App.Parts;

internal static class IngestionPart
{
    public static ServicePart Create() => new("ingestion", 8081)
    {
        Add = (services, configuration) => services.AddIngestion(configuration),
        AddDatabase = (services, configuration, folder) => services.AddDatabase<IngestionDb>(configuration, folder, "ingestion"),
        Map = app => app.MapIngestion(),
        BackendUrlSetting = "Ingestion:BackendUrl",
    };
}
