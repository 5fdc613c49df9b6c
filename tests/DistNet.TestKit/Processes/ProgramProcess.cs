using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>A process whose lines are waited for. Every wait has a deadline, and fails with all that was printed.</summary>
public sealed class ProgramProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<string> _out = [];
    private readonly Task _reading;
    private TaskCompletionSource _news = NewSignal();

    private ProgramProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _out), ReadAsync(process.StandardError, null));
    }

    /// <summary>The built program, which lies beside the tests that refer to it.</summary>
    public static string DistNet { get; } = Path.Combine(AppContext.BaseDirectory, "distnet");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Lines printed so far, of both streams.</summary>
    public int Count
    {
        get
        {
            lock (_lines)
            {
                return _lines.Count;
            }
        }
    }

    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables on top of this process's, less those that are the program's.</param>
    public static ProgramProcess Start(IReadOnlyList<string> command, string folder, IEnumerable<KeyValuePair<string, string>>? environment = null) =>
        new(Process.Start(ProcessStart.Of(command, folder, environment))!);

    /// <summary>Waits for a line that holds a text; the number of lines up to and with it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="after">Lines that are passed over.</param>
    public async Task<int> LineAsync(string text, int after = 0)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            Task news;
            lock (_lines)
            {
                if (_lines.FindIndex(Math.Min(after, _lines.Count), line => line.Contains(text, StringComparison.Ordinal)) is >= 0 and var index)
                {
                    return index + 1;
                }

                news = _reading.IsCompleted ? throw Failure($"ended without a line that holds '{text}'") : _news.Task;
            }

            try
            {
                await Task.WhenAny(news, _reading).WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw Failure($"no line that holds '{text}' in {Deadline}");
            }
        }
    }

    /// <summary>Waits for the end; the exit code and what was printed on stdout.</summary>
    public async Task<(int Code, string Out)> ExitAsync()
    {
        try
        {
            await Task.WhenAll(_reading, _process.WaitForExitAsync()).WaitAsync(Deadline).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Failure($"still there after {Deadline}");
        }

        return (_process.ExitCode, string.Join('\n', _out));
    }

    /// <summary>Asks it to end, as supervisors do.</summary>
    public void Terminate() => Signals.Send(_process.Id, Signals.Terminate);

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>The command line and everything that was printed.</summary>
    public override string ToString()
    {
        lock (_lines)
        {
            return $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n{string.Join('\n', _lines)}";
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync(StreamReader reader, List<string>? copy)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            TaskCompletionSource news;
            lock (_lines)
            {
                _lines.Add(line);
                copy?.Add(line);
                news = _news;
                _news = NewSignal();
            }

            news.SetResult();
        }
    }

    private InvalidOperationException Failure(string what) => new($"{what}: {this}");
}
