namespace Siaga.Database;

/// <summary>The engine chosen for one service's database.</summary>
internal sealed record DatabaseEngine<TDb>(IDatabaseEngine Engine) : IDisposable
    where TDb : ServiceDb
{
    public void Dispose() => (Engine as IDisposable)?.Dispose();
}
