namespace Siaga.Ports;

/// <summary>What other features may query about phones registered for notifications.</summary>
public interface IDeviceRegistry
{
    /// <summary>The number of registered phones in a company, within the caller's scope.</summary>
    Task<int> CountAsync(long companyId, CancellationToken cancellationToken);
}
