using System.ComponentModel;
using System.Diagnostics;

namespace Siaga.Tests.Network;

/// <summary>A job with its own network, temporary folder and processes, all of which end with it.</summary>
internal sealed class Namespace : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siaga-network-");
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process? _process;
    private readonly Task<Sightings> _sightings;

    private Namespace(string job)
    {
        // An unprivileged user becomes root of a user namespace. All processes end with unshare.
        string[] user = Environment.IsPrivilegedProcess ? [] : ["--user", "--map-root-user"];
        string[] inside = [Environment.ProcessPath!, "inside", job, _folder.FullName];
        try
        {
            _process = Process.Start(new ProcessStartInfo(
                "unshare", [.. user, "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "--", .. inside])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            _sightings = WatchAsync(_process);
        }
        catch (Win32Exception e)
        {
            _sightings = Task.FromException<Sightings>(new NoNamespaceException(e.Message));
            _done.SetResult();
        }
    }

    /// <summary>Completes when the job is done or has failed; its programs run until <see cref="EndAsync"/>.</summary>
    public Task Done => _done.Task;

    public static Namespace Start(string job) => new(job);

    /// <summary>Runs a job from start to end.</summary>
    /// <inheritdoc cref="EndAsync"/>
    public static async Task<Sightings> WatchAsync(string job)
    {
        await using var watched = Start(job);
        return await watched.EndAsync();
    }

    /// <summary>Ends the job's programs once they have done it, and returns what was seen.</summary>
    /// <exception cref="NoNamespaceException">This system does not allow namespaces.</exception>
    public async Task<Sightings> EndAsync()
    {
        await Done.WaitAsync(s_limit);
        _process?.StandardInput.Close();
        return await _sightings.WaitAsync(s_limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            _process.Kill();

        // The output ends when all processes have ended; after that nothing writes into the folder.
        await ((Task)_sightings).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<Sightings> WatchAsync(Process process)
    {
        try
        {
            var error = process.StandardError.ReadToEndAsync();
            var last = "";
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line == Jobs.Done)
                    _done.TrySetResult();
                last = line;
            }

            await process.WaitForExitAsync();
            var said = (await error).Trim();
            if (process.ExitCode == Inside.CannotWatch || said.StartsWith("unshare:", StringComparison.Ordinal))
                throw new NoNamespaceException(said);
            Assert.True(process.ExitCode == 0, $"The watcher ended with {process.ExitCode}:\n{said}");
            return Sightings.OfLine(last);
        }
        finally
        {
            _done.TrySetResult();
        }
    }
}

/// <summary>This system does not let us create namespaces.</summary>
internal sealed class NoNamespaceException(string message) : Exception(message);
