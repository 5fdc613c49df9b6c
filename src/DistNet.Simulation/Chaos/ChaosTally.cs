using DistNet.Hosting;
using DistNet.Protocol;

namespace DistNet.Simulation;

/// <summary>Counts what schedules have come to. For many threads.</summary>
internal sealed class ChaosTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly SortedDictionary<FaultKind, int> _faults = [];
    private (int Schedules, int Recovered, int Stopped, int Helped, long Events) _counts;
    private ChaosOutcome? _failed;
    private ChaosOutcome? _last;

    public int Schedules
    {
        get
        {
            lock (_lock)
            {
                return _counts.Schedules;
            }
        }
    }

    public void Add(ChaosOutcome outcome)
    {
        lock (_lock)
        {
            _counts.Schedules++;
            _last = outcome;
            _rules[outcome.Family] = _rules.GetValueOrDefault(outcome.Family) + 1;
            if (outcome.Failure is not null)
            {
                _failed = _failed is null || outcome.Seed < _failed.Seed ? outcome : _failed;
            }
            else
            {
                Count(outcome.Run!);
            }
        }
    }

    public ChaosReport Report(TimeSpan elapsed)
    {
        lock (_lock)
        {
            return new ChaosReport
            {
                Schedules = _counts.Schedules,
                Rules = _rules,
                Faults = _faults,
                Recovered = _counts.Recovered,
                Stopped = _counts.Stopped,
                Helped = _counts.Helped,
                Events = _counts.Events,
                Seconds = elapsed.TotalSeconds,
                Failure = _failed?.Failure,
                FaultPlan = (_failed ?? (_counts.Schedules == 1 ? _last : null))?.Schedule.Options.Faults?.ToJson(),
            };
        }
    }

    private void Count(RunRecord run)
    {
        _counts.Recovered += run.Lineage.Starts.Count > run.Schedule.Plan.Rules.Count ? 1 : 0;
        _counts.Stopped += run.Result.Summary!.Stopped ? 1 : 0;
        _counts.Helped += run.Late.Count > 0 ? 1 : 0;
        _counts.Events += run.Result.Events;
        foreach (var kind in run.Faults)
        {
            _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
        }
    }
}
