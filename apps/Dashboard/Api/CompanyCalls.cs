using System.Globalization;
using System.Text.Json.Serialization;

namespace Siaga.App.Dashboard.Api;

/// <summary>The tenants, for the operator.</summary>
public sealed class CompanyCalls(ApiClient api)
{
    private const int Pages = 20;

    public Task<Answer<List<Company>>> ListAsync(CancellationToken cancellationToken = default) =>
        api.ListAsync("/api/companies?limit=200", CompanyJson.Default.ListCompany, Pages, cancellationToken);

    /// <summary>One, with its version.</summary>
    public Task<Answer<Company>> FindAsync(long id) => api.GetAsync(Path(id), CompanyJson.Default.Company);

    public Task<Answer<MadeCompany>> CreateAsync(string name) =>
        api.SendAsync(HttpMethod.Post, "/api/companies", new CompanyDraft(name), CompanyJson.Default.CompanyDraft, CompanyJson.Default.MadeCompany);

    public Task<Answer<Company>> RenameAsync(long id, string? version, string name) =>
        api.ChangeAsync(Path(id), version, new CompanyDraft(name), CompanyJson.Default.CompanyDraft, CompanyJson.Default.Company);

    /// <summary>Its people and keys stop working at once; its evidence stays.</summary>
    public Task<Answer<Nothing>> ArchiveAsync(long id, string? version) => api.ChangeAsync(HttpMethod.Delete, Path(id), version);

    private static string Path(long id) => string.Create(CultureInfo.InvariantCulture, $"/api/companies/{id}");
}

public sealed record Company(long Id, string Name, DateTimeOffset CreatedAt);

public sealed record CompanyDraft(string Name);

public sealed record MadeCompany(long Id, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Company>))]
[JsonSerializable(typeof(CompanyDraft))]
[JsonSerializable(typeof(MadeCompany))]
public sealed partial class CompanyJson : JsonSerializerContext;
