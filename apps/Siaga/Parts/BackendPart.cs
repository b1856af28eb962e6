using Siaga.Composition.Backend;
using Siaga.Composition.Wiring;
using Siaga.Composition.Wiring.Hosting;
using Siaga.Database;

namespace Siaga.App.Parts;

internal static class BackendPart
{
    private const string AdminPassword = "admin-password";

    public static ServicePart Create() => new("backend", 8080)
    {
        Add = (services, configuration) => services.AddBackend(configuration),
        AddDatabase = (services, configuration, folder) => services.AddDatabase<BackendDb>(configuration, folder, "backend"),
        Map = app => app.MapBackend(),
        Prepare = (services, folder) => FirstAdmin.EnsureAsync(services, folder.Path, PasswordFileIn(folder.Secrets)),
    };

    private static FirstPasswordFile PasswordFileIn(SecretFiles secrets) =>
        new(secrets.PathOf(AdminPassword), make => secrets.GetOrMake(AdminPassword, make), () => secrets.Remove(AdminPassword));
}
