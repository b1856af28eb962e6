using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>The tables of one feature, as entities.</summary>
public interface IEntityModel
{
    void Configure(ModelBuilder modelBuilder);
}

/// <summary>The tables of one feature in one service's database.</summary>
/// <typeparam name="TDb">Which database.</typeparam>
public interface IEntityModel<TDb> : IEntityModel
    where TDb : ServiceDb;
