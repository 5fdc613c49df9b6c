using DistNet.Actors;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>A run as its log tells it: which rule was in force since when, and what it decided.</summary>
/// <param name="EndVersion">Updates in all.</param>
/// <param name="PhaseStarts">Where each rule began that was in force at all.</param>
/// <param name="Units">Every unit of every update, in order.</param>
public sealed record RecordedUpdates(long EndVersion, IReadOnlyList<RulePhase> PhaseStarts, IReadOnlyList<UnitRecord> Units)
{
    /// <summary>What a run folder has, up to a version.</summary>
    /// <param name="path">Its updates.log.</param>
    /// <param name="plan">The run.</param>
    /// <param name="endVersion">The version of its last checkpoint.</param>
    /// <exception cref="RunFolderException">The log does not have every update up to there.</exception>
    public static RecordedUpdates Read(string path, RunPlan plan, long endVersion)
    {
        var segments = UpdateLogFile.Read(path);
        var reached = 0L;
        var units = new List<UnitRecord>();
        foreach (var segment in segments.TakeWhile(segment => segment.FromVersion < endVersion || segment.ToVersion == endVersion))
        {
            // Under a barrier rule nothing is logged, because there is nothing to decide.
            if (segment.FromVersion > reached && !IsBarrierUpTo(segment.FromVersion, reached, segments, plan))
            {
                throw new RunFolderException(reached == 0
                    ? $"{path} begins at version {segment.FromVersion}: the node that kept the log lost its disk before; the run cannot be repeated"
                    : $"{path} has no updates between versions {reached} and {segment.FromVersion}; the run cannot be repeated");
            }

            units.AddRange(segment.Units);
            reached = segment.ToVersion;
        }

        var starts = segments.Select(segment => segment.Phase).Distinct().OrderBy(phase => phase.Number).ToArray();
        var isWhole = reached >= endVersion || (starts.Length > 0 && plan.IsBarrier(starts[^1]) && starts.Length == starts[^1].Number + 1);
        return isWhole
            ? new RecordedUpdates(endVersion, starts, units)
            : throw new RunFolderException($"{path} ends at version {reached}, the run's last checkpoint is of version {endVersion}; the run cannot be repeated");
    }

    /// <summary>The same plan, with the decisions of the log instead of the rules'.</summary>
    public RunPlan Script(RunPlan plan) => plan with
    {
        Rules = plan.Rules.Select((rule, number) => rule is SequencedRule sequenced && number < PhaseStarts.Count
            ? new ReplayRule(sequenced, PhaseStarts[number], UnitsOf(plan, number))
            : rule),
        StoppedAt = EndVersion,
        PhaseStarts = PhaseStarts,
        Records = false,
    };

    private IEnumerable<UnitRecord> UnitsOf(RunPlan plan, int phase)
    {
        var (from, to) = (PhaseStarts[phase].FirstVersion, plan.Rules.EndOf(phase) ?? long.MaxValue);
        return Units.Where(unit => unit.Version > from && unit.Version <= to);
    }

    /// <summary>The phase in force before this version is one that logs nothing.</summary>
    private static bool IsBarrierUpTo(long version, long reached, IReadOnlyList<LogSegment> segments, RunPlan plan)
    {
        var last = segments.LastOrDefault(segment => segment.FromVersion < version && segment.ToVersion <= reached);
        return last is not null && plan.IsBarrier(last.Phase);
    }
}
