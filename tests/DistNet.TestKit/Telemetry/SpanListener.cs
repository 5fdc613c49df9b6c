using System.Diagnostics;

namespace DistNet.TestKit;

/// <summary>Listens to the spans of one source in this process. They belong to the process: no other run may be there meanwhile.</summary>
public sealed class SpanListener : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly Lock _lock = new();
    private readonly List<Activity> _begun = [];
    private readonly List<Activity> _ended = [];

    public SpanListener(string source)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = one => one.Name == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span => Add(_begun, span),
            ActivityStopped = span => Add(_ended, span),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Spans in the order in which they began.</summary>
    public IReadOnlyList<Activity> Begun => Copy(_begun);

    /// <summary>Spans in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Ended => Copy(_ended);

    /// <summary>Spans under way.</summary>
    public IReadOnlyList<Activity> Open => [.. Begun.Except(Ended)];

    public void Dispose() => _listener.Dispose();

    private void Add(List<Activity> list, Activity span)
    {
        lock (_lock)
        {
            list.Add(span);
        }
    }

    private List<Activity> Copy(List<Activity> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
