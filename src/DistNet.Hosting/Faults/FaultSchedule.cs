namespace DistNet.Hosting;

/// <summary>
/// Which faults of a plan have begun and which go on. Pure: it is told the time and the version. A fault begins once, even if the run goes
/// back to a version before its own.
/// </summary>
public sealed class FaultSchedule
{
    private readonly FaultPlan _plan;
    private readonly TimeSpan?[] _begun;

    /// <param name="plan">The faults.</param>
    /// <param name="begun">Those that had begun before, by their place in the plan, and when; null: none.</param>
    public FaultSchedule(FaultPlan plan, IReadOnlyDictionary<int, TimeSpan>? begun = null)
    {
        _plan = plan;
        _begun = [.. plan.Faults.Select((_, i) => begun is not null && begun.TryGetValue(i, out var at) ? at : (TimeSpan?)null)];
    }

    /// <summary>When those began that have, by their place in the plan.</summary>
    public IReadOnlyDictionary<int, TimeSpan> Begun =>
        _begun.Select((at, i) => (at, i)).Where(pair => pair.at is not null).ToDictionary(pair => pair.i, pair => pair.at!.Value);

    /// <summary>The next time at which a fault begins or ends, whatever the version; null: none does.</summary>
    /// <param name="now">Time since the run's start.</param>
    public TimeSpan? NextAfter(TimeSpan now) => _plan.Faults
        .Select((fault, i) => _begun[i] is { } at ? at + fault.For : fault.Start.At)
        .Where(at => at > now)
        .Min();

    /// <summary>Goes on to a moment.</summary>
    /// <param name="now">Time since the run's start.</param>
    /// <param name="version">Updates applied.</param>
    /// <returns>The faults that begin, by their place in the plan; those that are over already by then too.</returns>
    public IReadOnlyList<int> Advance(TimeSpan now, long version)
    {
        List<int>? beginning = null;
        for (var i = 0; i < _begun.Length; i++)
        {
            var start = _plan.Faults[i].Start;
            if (_begun[i] is null && start.IsReached(now, version))
            {
                _begun[i] = start.At ?? now;
                (beginning ??= []).Add(i);
            }
        }

        return beginning ?? [];
    }

    /// <summary>Whether a fault has begun and goes on.</summary>
    public bool IsActive(int fault, TimeSpan now) => _begun[fault] is { } at && (_plan.Faults[fault].For is not { } length || now < at + length);
}
