using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Ports;
using Siaga.Web;

namespace Siaga.Companies;

/// <summary>Companies: the tenants of an installation.</summary>
public static class CompaniesFeature
{
    public static IServiceCollection AddCompanies(this IServiceCollection services)
    {
        services.AddTables<BackendDb, CompanyModel>();
        services.AddScoped<ICompanyRegistry, CompanyRegistry>();
        return services;
    }

    public static void MapCompanies(this IEndpointRouteBuilder routes)
    {
        ListCompanies.Map(routes);
        CreateCompany.Map(routes);
        RenameCompany.Map(routes);
        ArchiveCompany.Map(routes);
    }
}
