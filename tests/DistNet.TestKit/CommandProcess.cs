using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>What a process printed, and its exit code.</summary>
public sealed record CommandOutcome(int ExitCode, string Out, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built program, found beside the test, as a process of its own. Every wait has a deadline.</summary>
public sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task _error;
    private readonly List<string> _errorLines = [];
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _awaited;

    private CommandProcess(Process process, string awaited)
    {
        _process = process;
        _awaited = awaited;
        _out = process.StandardOutput.ReadToEndAsync();
        _error = ReadErrorAsync();
    }

    public int Id => _process.Id;

    /// <summary>What comes before a verb.</summary>
    public static IReadOnlyList<string> Program { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "distnet.dll")];

    /// <param name="folder">The working folder.</param>
    /// <param name="args">The command line.</param>
    /// <param name="environment">Variables on top of this process's, less those that are options.</param>
    /// <param name="awaited">How the line on stderr begins that <see cref="SeenAsync"/> waits for.</param>
    /// <param name="leadsGroup">Linux: it begins a process group, whose number is its own.</param>
    public static CommandProcess Start(
        string folder,
        IEnumerable<string> args,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        string awaited = "\0",
        bool leadsGroup = false)
    {
        // A test runner in the background may ignore SIGINT, and what it starts would inherit that.
        string[] prefix = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. leadsGroup ? ["setsid"] : Array.Empty<string>()] : [];
        return new CommandProcess(Process.Start(ProcessStart.Of([.. prefix, .. Program, .. args], folder, environment))!, awaited);
    }

    /// <summary>Starts the program and waits for its end.</summary>
    public static async Task<CommandOutcome> RunAsync(
        string folder, IEnumerable<string> args, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        using var process = Start(folder, args, environment);
        return await process.ExitAsync();
    }

    public async Task<CommandOutcome> ExitAsync()
    {
        await Task.WhenAll(_out, _error, _process.WaitForExitAsync()).WaitAsync(Deadline);
        return new CommandOutcome(_process.ExitCode, await _out, string.Join('\n', _errorLines));
    }

    public Task SeenAsync() => _seen.Task.WaitAsync(Deadline);

    public void Interrupt() => Signals.Send(_process.Id, Signals.Interrupt);

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errorLines.Add(line);
            if (line.StartsWith(_awaited, StringComparison.Ordinal))
            {
                _seen.TrySetResult();
            }
        }

        _seen.TrySetException(new InvalidOperationException($"No line began with '{_awaited}':\n{string.Join('\n', _errorLines)}"));
    }
}
