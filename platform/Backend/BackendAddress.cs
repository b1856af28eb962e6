namespace Siaga.Backend;

/// <summary>The Backend's address: from a setting, or this process's own once it listens.</summary>
public sealed class BackendAddress
{
    private readonly TaskCompletionSource<Uri> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set once, by the host; a later value is ignored.</summary>
    public void Set(Uri address) => _known.TrySetResult(address);

    /// <summary>Waits until the address is known.</summary>
    public Task<Uri> GetAsync(CancellationToken cancellationToken) => _known.Task.WaitAsync(cancellationToken);
}
