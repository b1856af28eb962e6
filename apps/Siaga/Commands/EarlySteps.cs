namespace Siaga.App.Siaga.Commands;

/// <summary>Counts the steps of work that begins before there is a bar to show them on. Thread-safe.</summary>
internal sealed class EarlySteps
{
    private readonly Lock _lock = new();
    private Action? _show;
    private int _missed;

    /// <summary>One more step: shown at once, or as soon as there is a bar.</summary>
    public void Add()
    {
        lock (_lock)
        {
            if (_show is null)
                _missed++;
            else
                _show();
        }
    }

    /// <summary>Shows the steps so far, and from now on each as it comes.</summary>
    public void ShowOn(Action show)
    {
        lock (_lock)
        {
            _show = show;
            for (; _missed > 0; _missed--)
                show();
        }
    }
}
