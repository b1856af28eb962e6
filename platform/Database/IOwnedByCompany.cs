using Siaga.Primitives;
namespace Siaga.Database;

/// <summary>
/// A row that belongs to a company. Every query over such rows sees those of the <see cref="CompanyScope"/> and no others, and every
/// change outside the scope is refused: neither needs remembering.
/// </summary>
public interface IOwnedByCompany
{
    long CompanyId { get; }
}
