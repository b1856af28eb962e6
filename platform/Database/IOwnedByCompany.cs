using Siaga.Primitives;
namespace Siaga.Database;

/// <summary>
/// A row that belongs to a company. Every query sees only rows of the current <see cref="CompanyScope"/>, and every change outside it is
/// refused. Features need no code for either.
/// </summary>
public interface IOwnedByCompany
{
    long CompanyId { get; }
}
