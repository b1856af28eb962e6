using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Siaga.Database;
using Siaga.Messages;

namespace Siaga.Intake;

/// <summary>The camera keys that Ingestion keeps for its next start.</summary>
internal interface IKnownKeys
{
    IAsyncEnumerable<KnownKey> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds or changes keys, by their ids: all of them or none.</summary>
    /// <returns>The keys as stored; null: another Ingestion on this database stored one of them at the same moment; try again.</returns>
    Task<IReadOnlyCollection<KnownKey>?> StoreAsync(IReadOnlyList<CameraKeyInfo> items, CancellationToken cancellationToken);
}

/// <summary>The camera keys in Ingestion's database.</summary>
internal sealed class KnownKeys(IServiceScopeFactory scopes) : IKnownKeys
{
    public async IAsyncEnumerable<KnownKey> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestionDb>();
        await foreach (var key in db.Set<KnownKey>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return key;
    }

    public async Task<IReadOnlyCollection<KnownKey>?> StoreAsync(IReadOnlyList<CameraKeyInfo> items, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IngestionDb>();
        var ids = items.Select(i => i.Id).ToList();
        var rows = await db.Set<KnownKey>().Where(k => ids.Contains(k.Id)).ToDictionaryAsync(k => k.Id, cancellationToken);
        foreach (var item in items)
        {
            if (!rows.TryGetValue(item.Id, out var row))
            {
                db.Add(row = new KnownKey
                {
                    Id = item.Id,
                    Hash = item.Hash,
                    CameraId = item.CameraId,
                    CompanyId = item.CompanyId,
                    Active = item.Active,
                });
            }

            (row.Hash, row.CameraId, row.CompanyId, row.Active) = (item.Hash, item.CameraId, item.CompanyId, item.Active);
            rows[item.Id] = row;
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return rows.Values;
        }
        catch (DbUpdateException e) when (
            e is DbUpdateConcurrencyException || scope.ServiceProvider.EngineOf<IngestionDb>().IsUniqueViolation(e))
        {
            return null;
        }
    }
}
