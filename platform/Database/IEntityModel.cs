using Microsoft.EntityFrameworkCore;

namespace Siaga.Database;

/// <summary>The entities of one feature.</summary>
public interface IEntityModel
{
    void Configure(ModelBuilder modelBuilder);
}

/// <summary>The entities of one feature in one service's database.</summary>
public interface IEntityModel<TDb> : IEntityModel
    where TDb : ServiceDb;
