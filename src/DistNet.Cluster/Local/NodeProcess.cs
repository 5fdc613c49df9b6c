using System.Diagnostics;
using System.Globalization;

namespace DistNet.Cluster;

/// <summary>
/// One node of a local cluster, started again when it dies. Its standard input is its lifeline: nothing is ever written to it, and a node whose
/// lifeline ends, because this process has ended in whatever way, ends too.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>A node that dies again and again this soon after its start will not live.</summary>
    private static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);

    private const int MostEarlyDeaths = 5;

    private readonly ProcessStartInfo _start;
    private readonly string _logPath;
    private readonly Action<string> _notice;
    private readonly TaskCompletionSource<string> _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _keeping;
    private Process _process;
    private TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="name">Such as worker-3.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="token">Passed where no list of processes shows it.</param>
    /// <param name="logPath">Where its log goes.</param>
    /// <param name="notice">Told when it dies and is started again.</param>
    public NodeProcess(string name, IReadOnlyList<string> command, JoinToken token, string logPath, Action<string> notice)
    {
        Name = name;
        _logPath = logPath;
        _notice = notice;
        _start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [JoinToken.Variable] = token.Text },
        };
        _process = Begin();
        _keeping = Task.Run(KeepAsync);
    }

    public string Name { get; }

    /// <summary>Called when it has died; when this ends it is started again. Cancelled when it is not to be.</summary>
    public Func<CancellationToken, Task> BeforeRestart { get; init; } = static _ => Task.CompletedTask;

    public int ProcessId
    {
        get
        {
            lock (_lock)
            {
                return _process.Id;
            }
        }
    }

    /// <summary>The first line it prints: the address at which it listens.</summary>
    public Task<string> FirstLine => _firstLine.Task;

    /// <summary>Ends, with the reason, when the node is not started again.</summary>
    public Task<string> GaveUp => _gaveUp.Task;

    /// <summary>Kills that process, if it is still the node's; another takes its place.</summary>
    public void Kill(int processId)
    {
        lock (_lock)
        {
            if (_process.Id == processId && !_process.HasExited)
            {
                _process.Kill();
            }
        }
    }

    /// <summary>Sends that process a signal, if it is still the node's; false where it is not.</summary>
    public bool Signal(int processId, int signal)
    {
        lock (_lock)
        {
            return _process.Id == processId && !_process.HasExited && ProcessSignals.Send(processId, signal);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _process.StandardInput.Close();
        }

        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _keeping.ConfigureAwait(false);
        _process.Dispose();
        _ending.Dispose();
    }

    private Process Begin()
    {
        var process = Process.Start(_start)!;
        _ = ReadOutputAsync(process, _firstLine);
        _ = CopyLogAsync(process);
        return process;
    }

    private static async Task ReadOutputAsync(Process process, TaskCompletionSource<string> first)
    {
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            first.TrySetResult(line);
        }

        first.TrySetException(new ClusterUnreachableException("a node ended before it listened"));
    }

    private async Task CopyLogAsync(Process process)
    {
        await using var log = new FileStream(_logPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1);
        await process.StandardError.BaseStream.CopyToAsync(log).ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        var earlyDeaths = 0;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            await _process.WaitForExitAsync().ConfigureAwait(false);
            earlyDeaths = Stopwatch.GetElapsedTime(began) < TooSoon ? earlyDeaths + 1 : 0;
            var how = string.Create(CultureInfo.InvariantCulture, $"{Name} (pid {_process.Id}) ended with code {_process.ExitCode}");
            if (!_ending.IsCancellationRequested && earlyDeaths >= MostEarlyDeaths)
            {
                _gaveUp.TrySetResult($"{how}, again and again; its log is {_logPath}");
                return;
            }

            if (!await MayRestartAsync().ConfigureAwait(false) || !TryRestart())
            {
                return;
            }

            _notice($"{how}; started again as pid {ProcessId}");
        }
    }

    private async Task<bool> MayRestartAsync()
    {
        try
        {
            await BeforeRestart(_ending.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool TryRestart()
    {
        lock (_lock)
        {
            if (_ending.IsCancellationRequested)
            {
                return false;
            }

            _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _process.Dispose();
            _process = Begin();
            return true;
        }
    }
}
