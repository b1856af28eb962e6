namespace Siaga.Web;

/// <summary>What features may ask about the phones that want to be told.</summary>
public interface IDeviceRegistry
{
    /// <summary>How many phones of a company's people are registered, within the caller's scope.</summary>
    Task<int> CountAsync(long companyId, CancellationToken cancellationToken);
}
