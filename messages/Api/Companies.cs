using System.Text.Json.Serialization;

namespace Siaga.Messages.Api;

/// <summary>A company. An item of <c>GET /api/companies</c>.</summary>
public sealed record ListCompaniesItem(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt);

/// <summary><c>POST /api/companies</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record CreateCompanyRequest(string Name);

/// <param name="CompanyId">The same as <c>id</c>; older clients read it.</param>
public sealed record CreateCompanyResponse(long CompanyId, long Id, string Name);

/// <summary><c>PUT /api/companies/{id}</c>.</summary>
/// <param name="Name">Null keeps it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record RenameCompanyRequest(string? Name = null);
