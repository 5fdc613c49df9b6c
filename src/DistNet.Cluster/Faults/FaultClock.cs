using DistNet.Hosting;

namespace DistNet.Cluster;

/// <summary>
/// How far a run is, and which faults of a plan go on in it, as one node sees it. A run begins when its first version is seen. Not for many
/// threads.
/// </summary>
/// <param name="plan">Of the whole cluster.</param>
/// <param name="directory">The node's own.</param>
/// <param name="time">The clock.</param>
internal sealed class FaultClock(FaultPlan plan, string directory, TimeProvider time)
{
    private readonly HashSet<int> _over = [];
    private FaultSchedule? _schedule;
    private string? _run;
    private DateTimeOffset _began;
    private long _version;

    private TimeSpan Now => time.GetUtcNow() - _began;

    /// <summary>A run is that far; another one than before begins anew, unless this node has been in it.</summary>
    /// <returns>Whether that is another run.</returns>
    public bool Saw(string run, long version)
    {
        var isOther = run != _run;
        if (isOther)
        {
            Begin(run);
        }

        _version = Math.Max(_version, version);
        return isOther;
    }

    /// <summary>Goes on to this moment. The faults that begin and those that end, by their places in the plan.</summary>
    public (IReadOnlyList<int> Beginning, IReadOnlyList<int> Ending) Look()
    {
        if (_schedule is not { } schedule)
        {
            return ([], []);
        }

        var beginning = schedule.Advance(Now, _version);
        if (beginning.Count > 0)
        {
            Write();
        }

        return (beginning, [.. schedule.Begun.Keys.Where(place => !schedule.IsActive(place, Now) && _over.Add(place))]);
    }

    /// <summary>Faults of a kind that go on, with their places in the plan.</summary>
    public IEnumerable<(int Place, T Fault)> Active<T>()
        where T : Fault
    {
        var now = Now;
        return _schedule is not { } schedule
            ? []
            : plan.Faults.Select((fault, place) => (place, fault)).Where(pair => pair.fault is T && schedule.IsActive(pair.place, now))
                .Select(pair => (pair.place, (T)pair.fault));
    }

    private void Begin(string run)
    {
        var journal = FaultJournal.Read(directory) is { } kept && kept.Run == run ? kept : null;
        _began = journal?.Began ?? time.GetUtcNow();
        _schedule = new FaultSchedule(plan, journal?.Begun);
        _over.Clear();
        _over.UnionWith(_schedule.Begun.Keys.Where(place => !_schedule.IsActive(place, Now)));
        _version = 0;
        _run = run;
        Write();
    }

    private void Write() => new FaultJournal(_run!, _began, _schedule!.Begun).Write(directory);
}
