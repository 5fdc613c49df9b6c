using DistNet.Hosting;

namespace DistNet.Cluster.Tests;

/// <summary>Writes down what it is told, a line each, and lets others wait for it.</summary>
internal sealed class ToldProgress : ITrainingProgress
{
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Awaited, TaskCompletionSource<string> Seen)> _waits = [];
    private long _step;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The last step that was told.</summary>
    public long LastStep => Volatile.Read(ref _step);

    /// <summary>Ends with the first line, told or to be told, that contains all parts.</summary>
    public Task<string> UntilAsync(params string[] parts) => UntilAsync(line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));

    /// <summary>Ends when so many updates were applied.</summary>
    public Task UntilStepAsync(long version) => UntilAsync(line => StepIn(line) >= version);

    public void Started(RunDescription description) => Tell($"started {description.Run}");

    public void Epoch(EpochReport report) => Tell($"epoch {report.Epoch}");

    public void Step(in StepReport report)
    {
        Volatile.Write(ref _step, report.Version);
        Tell($"step {report.Version}");
    }

    public void Notice(string line) => Tell($"notice {line}");

    private static long StepIn(string line) => line.StartsWith("step ", StringComparison.Ordinal) ? long.Parse(line[5..], System.Globalization.CultureInfo.InvariantCulture) : -1;

    private Task<string> UntilAsync(Func<string, bool> awaited)
    {
        lock (_lines)
        {
            if (_lines.FirstOrDefault(awaited) is { } told)
            {
                return Task.FromResult(told);
            }

            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((awaited, seen));
            return seen.Task;
        }
    }

    private void Tell(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
            foreach (var (awaited, seen) in _waits)
            {
                if (awaited(line))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}
