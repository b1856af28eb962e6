using System.ComponentModel;
using System.Diagnostics;

namespace Siaga.Tests.Network;

/// <summary>A job in a network, with a temporary folder and processes of its own, which are gone with it.</summary>
internal sealed class Namespace : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siaga-network-");
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process? _process;
    private readonly Task<Sightings> _sightings;

    private Namespace(string job)
    {
        // Who may not make them is let do it as the administrator of a user namespace of their own. All of them end with unshare.
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

    /// <summary>The job is done, or cannot be; its programs run until <see cref="EndAsync"/>.</summary>
    public Task Done => _done.Task;

    public static Namespace Start(string job) => new(job);

    /// <summary>Does a job there from its start to its end.</summary>
    /// <inheritdoc cref="EndAsync"/>
    public static async Task<Sightings> WatchAsync(string job)
    {
        await using var watched = Start(job);
        return await watched.EndAsync();
    }

    /// <summary>Lets the job's programs end once they have done it, and tells what was seen meanwhile.</summary>
    /// <exception cref="NoNamespaceException">This system does not let us make one.</exception>
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

        // Its output ends when all of its processes have: then nothing writes into the folder any more.
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

/// <summary>This system has no namespaces for us.</summary>
internal sealed class NoNamespaceException(string message) : Exception(message);
