using DistNet.Hosting;

namespace DistNet.Bench;

/// <summary>Waits for what the feed of a run tells.</summary>
internal sealed class FeedWatcher : ITrainingProgress
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _step = New();
    private (Func<string, bool> IsIt, TaskCompletionSource Seen)? _awaited;

    /// <summary>Ends with the next step that is told.</summary>
    public Task NextStepAsync()
    {
        lock (_lock)
        {
            return _step.Task;
        }
    }

    /// <summary>Ends with the next line of that kind. One kind is waited for at a time.</summary>
    public Task NoticeAsync(Func<string, bool> isIt)
    {
        lock (_lock)
        {
            _awaited = (isIt, New());
            return _awaited.Value.Seen.Task;
        }
    }

    public void Started(RunDescription description)
    {
    }

    public void Epoch(EpochReport report)
    {
    }

    public void Step(in StepReport report)
    {
        lock (_lock)
        {
            _step.SetResult();
            _step = New();
        }
    }

    public void Notice(string line)
    {
        lock (_lock)
        {
            if (_awaited is { } awaited && awaited.IsIt(line))
            {
                awaited.Seen.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
