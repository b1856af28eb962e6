using Siaga.Primitives;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Siaga.Database;

/// <summary>One service's database context, composed of its features' entities. Applies the company filter to all of them.</summary>
public abstract class ServiceDb : DbContext
{
    private readonly DbContextOptions _options;
    private readonly CompanyScope _scope;
    private readonly IEnumerable<IEntityModel> _models;
    private readonly OutboxSignal _signal;
    private List<Action>? _afterCommit;
    private bool _sends;

    private protected ServiceDb(DbContextOptions options, CompanyScope scope, IEnumerable<IEntityModel> models, OutboxSignal signal)
        : base(options)
    {
        _options = options;
        _scope = scope;
        _models = models;
        _signal = signal;
    }

    private long ScopeCompanyId => _scope.CompanyId;

    internal bool SeesAll => _scope.SeesAll;

    /// <summary>Puts a message into the outbox: it is sent if, and only if, this unit of work is saved.</summary>
    public void Enqueue(OutboxMessage message) => Set<OutboxMessage>().Add(message);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseOtherCompanies();
        RefuseToRewrite();
        CountVersions();
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
            UtcTimeConverter.Round(entry);
        var sends = ChangeTracker.Entries<OutboxMessage>().Any(e => e.State == EntityState.Added);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        _sends |= sends;
        if (Database.CurrentTransaction is null)
            Committed();
        return saved;
    }

    /// <summary>Runs an action after the current transaction commits, or at once when there is none. Not after a rollback.</summary>
    internal void OnCommitted(Action action)
    {
        if (Database.CurrentTransaction is null)
            action();
        else
            (_afterCommit ??= []).Add(action);
    }

    /// <summary>Runs the actions that waited for the commit and wakes the relay, which would find nothing before it.</summary>
    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
            action();
        _afterCommit = null;
        if (!_sends)
            return;
        _sends = false;
        _signal.Set(GetType());
    }

    internal void RolledBack() => _afterCommit = null;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.AddInterceptors(SignalAfterCommit.Instance);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        OutboxMessage.Configure(modelBuilder);
        foreach (var model in _models)
            model.Configure(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => typeof(IVersioned).IsAssignableFrom(t.ClrType)).ToList())
            type.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        if (SeesAll)
            return;
        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => typeof(IOwnedByCompany).IsAssignableFrom(t.ClrType)).ToList())
            type.SetQueryFilter(OwnedByScope(type));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTimeConverter>();

    private LambdaExpression OwnedByScope(IMutableEntityType type)
    {
        // e => e.CompanyId == this.ScopeCompanyId; EF evaluates 'this' for each context instance.
        var row = Expression.Parameter(type.ClrType, "e");
        var self = Expression.Constant(this, typeof(ServiceDb));
        var isOwned = Expression.Equal(
            Expression.Property(row, nameof(IOwnedByCompany.CompanyId)), Expression.Property(self, nameof(ScopeCompanyId)));
        return Expression.Lambda(isOwned, row);
    }

    private void CountVersions()
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
            entry.Property(nameof(IVersioned.Version)).CurrentValue = entry.Entity.Version + 1;
    }

    private void RefuseToRewrite()
    {
        if (ChangeTracker.Entries<IAppendOnly>().Any(e => e.State is EntityState.Modified or EntityState.Deleted))
            throw new InvalidOperationException("An append-only row was about to be changed or removed.");
    }

    private void RefuseOtherCompanies()
    {
        if (_scope.SeesAll)
            return;
        foreach (var entry in ChangeTracker.Entries<IOwnedByCompany>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                && entry.Entity.CompanyId != _scope.CompanyId)
                throw new InvalidOperationException(
                    $"A {entry.Entity.GetType().Name} of another company than the caller's was about to be changed.");
        }
    }
}
