using System.Globalization;

namespace Siaga.App.Dashboard.Api;

/// <summary>Calls about companies, for superadmins.</summary>
public sealed class CompanyCalls(ApiClient api)
{
    private const int Pages = 20;

    public Task<Answer<List<Company>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/companies?limit=200", ApiJson.Default.ListListCompaniesItem, Pages, cancellationToken);

    /// <summary>A company, with its version.</summary>
    public Task<Answer<Company>> FindAsync(long id) => api.GetAsync(Path(id), ApiJson.Default.ListCompaniesItem);

    public Task<Answer<CreateCompanyResponse>> CreateAsync(string name) => api.SendAsync(
        HttpMethod.Post, "/api/companies", new CreateCompanyRequest(name),
        ApiJson.Default.CreateCompanyRequest, ApiJson.Default.CreateCompanyResponse);

    public Task<Answer<Company>> RenameAsync(long id, string? version, string name) => api.ChangeAsync(
        Path(id), version, new RenameCompanyRequest(name), ApiJson.Default.RenameCompanyRequest, ApiJson.Default.ListCompaniesItem);

    /// <summary>The company's users and camera keys stop working at once; its evidence stays.</summary>
    public Task<Answer<Nothing>> ArchiveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/companies/{id}");
}
