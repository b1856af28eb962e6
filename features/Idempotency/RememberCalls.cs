using Microsoft.EntityFrameworkCore;
using Siaga.Database;
using Siaga.Web;

namespace Siaga.Idempotency;

internal sealed class RememberCalls(BackendDb db, TimeProvider time) : IRepeatedCalls
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(1);

    public async Task<RepeatedCall?> FindAsync(string name, CancellationToken cancellationToken)
    {
        // Expired records are deleted here, where new ones are added, so that the table does not grow.
        var oldest = time.GetUtcNow() - s_remembered;
        await db.Set<IdempotencyRecord>().Where(c => c.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        var call = await db.Set<IdempotencyRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.Name == name, cancellationToken);
        if (call is null)
            return null;
        var answer = call.Answer is null ? null : new SealedAnswer(call.Status ?? 0, call.Location, call.Answer);
        return new RepeatedCall(call.Fingerprint, answer);
    }

    public void Claim(string name, string fingerprint) =>
        db.Add(new IdempotencyRecord { Name = name, Fingerprint = fingerprint, CreatedAt = time.GetUtcNow() });

    public Task CompleteAsync(string name, SealedAnswer answer, CancellationToken cancellationToken) =>
        db.Set<IdempotencyRecord>().Where(c => c.Name == name).ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.Status, answer.Status)
                .SetProperty(c => c.Location, answer.Location)
                .SetProperty(c => c.Answer, answer.Body),
            cancellationToken);

    public void GiveUp() => db.ChangeTracker.Clear();
}
